"""An MCP server on the SDK's second version, for the tests.

    mcp_http.py PORT       Streamable HTTP, POST /mcp
    mcp_http.py stdio
"""

import sys
from typing import Annotated

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.resolve import Elicit, Resolve
from pydantic import BaseModel, Field

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


class Order(BaseModel):
    name: str = Field(description="Who it is for", min_length=2)
    count: int = Field(default=1, ge=1, le=9)


def wanted() -> Elicit[Order]:
    return Elicit("What may it be?", Order)


@server.tool()
async def order(what: Annotated[Order, Resolve(wanted)]) -> str:
    """Asks for an order."""
    return f"ordered {what.count} for {what.name}"


@server.tool()
async def grow(context: Context) -> str:
    """Adds a tool."""

    @server.tool()
    def grown() -> str:
        """Was not there before."""
        return "grown"

    await context.notify_tools_changed()
    return "grew"


if sys.argv[1] == "stdio":
    server.run("stdio")
else:
    server.run("streamable-http", host="127.0.0.1", port=int(sys.argv[1]))
