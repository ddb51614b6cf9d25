"""An MCP server over Streamable HTTP for the tests: `mcp_http.py PORT`, then POST /mcp."""

import sys

from mcp.server.mcpserver import Context, MCPServer

server = MCPServer("counter", version="1.0")


@server.tool()
def multiply(left: int, right: int) -> int:
    """Multiplies two whole numbers."""
    return left * right


@server.tool()
async def count(to: int, context: Context) -> str:
    """Counts, and tells of each step."""
    for step in range(1, to + 1):
        await context.report_progress(step, to, f"step {step}")
    return f"counted to {to}"


server.run("streamable-http", host="127.0.0.1", port=int(sys.argv[1]))
