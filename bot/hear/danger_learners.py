"""How somebody who is still learning English writes that somebody is in danger.

No endings, no "to", "no" for "do not": "my husband hit me", "she no want live". Patterns on plain letters
(bot.words.plain), beside those of bot.hear.danger_words.
"""

from typing import Final

_KID: Final = r"(?:child|children|kids?|sons?|daughters?|boys?|girls?|baby)"
_AT_HOME: Final = (
    r"(?:husband|boyfriend|girlfriend|partner|wife|father|stepfather|step father|dad|stepdad|step dad|papa"
    r"|ex|uncle|grandfather|brother in law)"
)
_NOT: Final = r"(?:no|not|dont|do not|doesnt|does not|didnt|did not|never)"
_ENDS_OR: Final = r"(?:$| (?:please|pls|help|anywhere|and|since|now|i|he|she|we|it|after)\b)"

SELF_HARM: Final[tuple[str, ...]] = (
    (
        rf"{_NOT} (?:want|wants|wanna) (?:to )?(?:be alive|live|life)\b"
        r"(?! (?:here|there|in|with|at|near|on|by|this))"
    ),
    r"(?:want|wants|wanted|wanna|wish|wishes) (?:(?:he|she|i) )?(?:die|dead|be dead)",
    (
        r"(?:want|wants|wanted|wanna|will|gonna|try|tries) (?:kill|hurt|cut|hang) "
        r"(?:\w+self|(?:him|her|my) self)"
    ),
    (
        r"(?:take|takes|took|taking|eat|eats|ate|swallow\w*) (?:so |too )?(?:many|a lot of|lot of|lots of"
        r"|a bottle of|bottle of) (?:\w+ )?(?:pills?|tablets?)"
    ),
    r"(?:take|takes|took|drink|drank|swallow\w*) too much (?:medicine|medication|tylenol|pills?)",
)

DANGER: Final[tuple[str, ...]] = (
    (
        rf"{_AT_HOME} (?:(?!not\b|never\b)\w+ ){{0,3}}(?:hit|hits|beat|beats|punch\w*|kick\w*|slap\w*|chok\w*"
        r"|push\w*) (?:on )?(?:me|us|him|them|her\b(?! (?:car|head|knee|arm|leg|foot|hand)))\b"
        r"(?! (?:in|at) (?:chess|soccer|football|basketball|games?|the game))"
    ),
    (
        r"(?:he|she) (?:\w+ )?(?:hit|hits|beat|beats|punch\w*|kick\w*|slap\w*|push\w*|chok\w*) "
        r"(?:on )?(?:me|us)\b(?! to\b)(?! (?:in|at) (?:chess|soccer|football|basketball|games?|the game))"
    ),
    rf"{_AT_HOME} (?:\w+ ){{0,4}}(?:drinks?|drunk) (?:and )?(?:he |she )?(?:hits?|beats?|fights?)",
    rf"(?:scare|scared|afraid|fear) (?:of|from|for) (?:my |her |his |the )?(?:\w+ )?{_AT_HOME}\b",
    (
        r"(?:say|says|said|tell|tells|told) (?:\w+ ){0,3}?(?:he|she|they) (?:will |gonna |going to |going"
        r" |want |wants |wanna )?(?:to )?(?:kill|kills|shoot|shoots|stab) "
        r"(?:me|us|him|her|them|my|everybody|everyone|people|all)\b"
    ),
    rf"touch(?:ing)? (?:my|our) (?:\w+ )?{_KID}\b",
    r"(?:touch|show|grab|rub)\w* (?:\w+ ){0,4}?private parts?",
    (
        rf"{_KID} (?:(?:is|has|did|still|he|she) )*{_NOT} (?:\w+ )?(?:come|came|arrive\w*|get|got|return\w*"
        r"|reach\w*|back) (?:back )?(?:to )?(?:my |the |our )?(?:home|house)\b"
    ),
    rf"{_KID} (?:(?:is|still) )*(?:not|no) (?:at |back )?home yet",
    rf"(?:cannot|cant|can not|no|dont|do not|didnt) find (?:him|her|them){_ENDS_OR}",
    (
        rf"(?:dont|do not|not|no) know where (?:is (?:he|she|my (?:\w+ )?{_KID})"
        rf"|(?:he|she|my (?:\w+ )?{_KID}) (?:is|are|went|go|at)){_ENDS_OR}"
    ),
    r"(?:no|dont|doesnt|does not|hard|difficult) (?:to |can )?breath\w*",
)
