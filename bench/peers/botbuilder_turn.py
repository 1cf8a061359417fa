"""One turn of botbuilder-dialogs, run by bench/turn.py with a Python of its own; prints µs of CPU."""

import asyncio
import sys
import time

from botbuilder.core import ConversationState, MemoryStorage, MessageFactory, TurnContext  # type: ignore[import-not-found]
from botbuilder.core.adapters import TestAdapter  # type: ignore[import-not-found]
from botbuilder.dialogs import (  # type: ignore[import-not-found]
    DialogSet,
    DialogTurnResult,
    DialogTurnStatus,
    WaterfallDialog,
    WaterfallStepContext,
)
from botbuilder.dialogs.choices import Choice  # type: ignore[import-not-found]
from botbuilder.dialogs.prompts import ChoicePrompt, PromptOptions, TextPrompt  # type: ignore[import-not-found]


async def which(step: WaterfallStepContext) -> DialogTurnResult:
    choices = [Choice(label) for label in ("School dates", "My child's rights", "Talk to a person")]
    options = PromptOptions(prompt=MessageFactory.text("What do you need?"), choices=choices)
    return await step.prompt("which", options)


async def school(step: WaterfallStepContext) -> DialogTurnResult:
    return await step.prompt("school", PromptOptions(prompt=MessageFactory.text("Which school?")))


async def told(step: WaterfallStepContext) -> DialogTurnResult:
    await step.context.send_activity(MessageFactory.text("The next dates are these."))
    return await step.end_dialog()


async def main(rounds: int) -> None:
    state = ConversationState(MemoryStorage())
    dialogs = DialogSet(state.create_property("dialogs"))
    dialogs.add(ChoicePrompt("which"))
    dialogs.add(TextPrompt("school"))
    dialogs.add(WaterfallDialog("talk", [which, school, told]))

    async def turn(context: TurnContext) -> None:
        talk = await dialogs.create_context(context)
        result = await talk.continue_dialog()
        if result.status == DialogTurnStatus.Empty:
            await talk.begin_dialog("talk")
        await state.save_changes(context)

    adapter = TestAdapter(turn)
    texts = ("hello", "2", "Maple Grove")
    for text in texts * 10:
        await adapter.receive_activity(text)
    began = time.process_time()
    for number in range(rounds):
        await adapter.receive_activity(texts[number % 3])
    print("botbuilder-dialogs, one turn", (time.process_time() - began) / rounds * 1e6)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
