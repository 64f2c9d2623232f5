"""A reply that comes in pieces, gathered into one, and told to whoever watches as it grows."""

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

Watcher = Callable[[str], object]


async def gathered(pieces: AsyncIterator[Any], watch: Watcher) -> "ChatCompletion | None":
    """The whole completion; None where not one piece came, as from a server that does not stream.

    A stream that ends without saying why has no finish reason. Raises whatever a malformed piece makes the client raise.
    """
    content, refusal, finish, model, usage, seen = "", "", None, "", None, False
    async for piece in pieces:
        seen = True
        model = piece.model or model
        usage = piece.usage or usage
        for choice in piece.choices or ():
            finish = choice.finish_reason or finish
            refusal += getattr(choice.delta, "refusal", None) or ""
            if choice.delta and choice.delta.content:
                content += choice.delta.content
                watch(content)
    if not seen:
        return None
    from openai.types.chat import ChatCompletion  # noqa: PLC0415  # loaded with the client whose pieces these are

    message = {"role": "assistant", "content": content or None, "refusal": refusal or None}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    return ChatCompletion.construct(model=model, usage=usage, choices=[choice])


def broke_off(completion: Any) -> bool:
    """Whether a stream ended without saying why, in the middle of what it was to bring."""
    choice = completion.choices[0]
    return choice.finish_reason is None and not (choice.message.content or "").rstrip().endswith(("}", "`"))
