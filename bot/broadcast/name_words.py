"""Words that are names too, titles before names, names of places: for the check of names."""

from typing import Final

WORDS: Final = """
ace an angel april art at august autumn bacon baker ball banks barber basil bass battle beach bean beans
bear bell bella bells berry best bill bird birds bishop black blanca block bond book boss bowling bowman
box boy branch bread bright brook brooks brown buck buddy burns bush butler camp campos cane card carol
carpenter carter case cash chance charity chase child christian christmas church cielo class clay close
coffee cole colt constance cook cotton couch crane crook cross crow cruz daisy dale dawn day dean dear
december destiny do doe dollar drew drum duke dusty early east easter english fair faith farm farmer
fast february field fields fine fisher flood flores flowers ford forest fox frank free french friday
frost garden gay gene genesis ginger glen go gold golden good grace grant gray great green guard guy ha
hall han hand hardy harmony hart haven he head heath heaven her high hill hills him his ho holiday
holliday holly hope horn house hunter ice in iris is it ivory ivy jack january jay jesus jewel journey
joy july june justice ka key keys kim kind king knight lake lamb land lane law leaf legend liberty lily
linda line lion little lo lock long love lovely low luz ma mai major maker man mann manual mar march
mark marshall martin mason max may me meadows means melody mercy messiah miles miller mills min mix
monday money moody moon moss my na nail new nice night no noble north november ocean october old olive
on one ong orange pa pace pack page pages paige paper park parks part pat patience paz peace pearl pen
penny person pine pitts place plant po pool poor pope porter post potter power powers precious price
pride prince princess prudence pugh queen quick rain ray read reading ready red reed reign rice rich
rivers rob robin rock rosa rose roy royal ruby rush rusty ryder sage sales sandi sandy santos saturday
savage school see sellers september serenity shade sharp she shepherd ship short silver sing singer sky
sleep small smith snider snow so sol son song south sparks spear speed spring stand star still stone
storm story street strong su sue summer sun sunday sung sunny sweet swift table tan tate taylor teal
temple the thing thursday to toll tong toy trace tran treat tree trinity trip true tu tuesday turner two
ty un us valentine van vest vine viola violet vision wade walk walker wall walls wander ward water
waters way we weaver web wednesday weeks wells west white wild will win wing winter winters wise wolf
wood woods word worth wren yale yard ye yo you young yu zion
"""
"""Names that are words of English or Spanish as well: the most usual ones of US rosters, and short ones"""

TITLES: Final = """
coach director directora doctor dr madam maestra maestro mis miss mr mrs ms msye mx nurse officer
principal profe professor saint san santa senor senora sr sra st teacher
"""
"""After these comes the name of a grown-up or of a place"""

PLACES: Final = """
academy ave avenue blvd boulevard bridge building center centre church city clinic college county creek
day dr drive elementary field foundation gym hall high hill hospital house island lane library middle
park rd road room school st stadium street team university week
"""
"""Before these stands the name of a place or a day"""

PARTICLES: Final = """
a abd abu al bin bint da das de del den der di do dos du e el i ibn la las le los o san van von y
"""
"""Parts of last names that say nothing alone"""

DATED: Final = """
april august autumn christmas december easter english february french friday january july june justice
march may monday november october saturday september spring summer sunday thursday tuesday wednesday
winter
"""
"""In a school's text these nearly always mean something else, and always have a capital: no name alone"""
