"""An MCP server of the handshake's era, on the SDK's first version, for the tests.

    mcp1.py stdio
    mcp1.py http PORT       POST /mcp
"""

import sys
from enum import Enum

from mcp.server.fastmcp import Context, FastMCP
from mcp.types import SamplingMessage, TextContent
from pydantic import BaseModel, Field

server = FastMCP("older", host="127.0.0.1", port=int(sys.argv[2]) if len(sys.argv) > 2 else 0)


class Size(str, Enum):
    small = "small"
    large = "large"


class Order(BaseModel):
    name: str = Field(description="Who it is for", min_length=2)
    count: int = Field(default=1, ge=1, le=9)
    wrapped: bool = False


@server.tool()
def add(left: int, right: int) -> int:
    """Adds two whole numbers."""
    return left + right


@server.tool()
def paint(size: Size) -> str:
    """Paints something of that size."""
    return f"painted {size.value}"


@server.tool()
async def order(context: Context) -> str:
    """Asks for an order."""
    answer = await context.elicit("What may it be?", Order)
    return f"{answer.action} {getattr(answer, 'data', None)}"


@server.tool()
async def think(context: Context) -> str:
    """Asks for a model's answer."""
    question = SamplingMessage(role="user", content=TextContent(type="text", text="Why?"))
    answer = await context.session.create_message([question], max_tokens=50)
    return f"thought {answer.content.text}"


@server.tool()
async def look(context: Context) -> str:
    """Asks for the roots."""
    answer = await context.session.list_roots()
    return " ".join(str(root.uri) for root in answer.roots)


@server.tool()
async def count(to: int, context: Context) -> str:
    """Counts, and tells of each step."""
    for step in range(1, to + 1):
        await context.report_progress(step, to, f"step {step}")
        await context.info(f"at {step}")
    return f"counted to {to}"


@server.prompt()
def review(language: str, style: str = "short") -> str:
    """Reviews code."""
    return f"Review this {language}, {style}"


@server.resource("users://{name}/profile")
def profile(name: str) -> str:
    """A user."""
    return f"profile of {name}"


@server.completion()
async def complete(reference, argument, context):
    from mcp.types import Completion

    values = [value for value in ("swift", "sql", "c") if value.startswith(argument.value)]
    return Completion(values=values)


server.run("stdio" if sys.argv[1] == "stdio" else "streamable-http")
