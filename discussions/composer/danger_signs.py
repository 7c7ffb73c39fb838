"""Words by which somebody tells of an emergency, or of self-harm. Pure.

An expression takes in words of a line (`SpokenLine.text`), from the space before the first to the space after
the last. Whether they count is for the rule to say.
"""

import re
from collections.abc import Sequence

from remedies_site.patterns import lazy_pattern

_PIECES = r"(?:tablets?|pills?|capsules?|caps|gummies|drops|tabs|doses?|meds|medication|medicines?|patches)"
_MANY = (
    r"(?:9|a lot of|lots of|loads of|a handful of|a bunch of|ten|eleven|twelve|fifteen|twenty|thirty"
    r"|forty|fifty|sixty|seventy|eighty|ninety|a hundred|dozens? of|all (?:of )?(?:my|the|his|her)"
    r"|too many(?: of)?|far too many(?: of)?)"
)
_WHOLE = (
    r"(?:whole|entire|full|half (?:a|the|of the)|(?:nearly |almost )?all (?:of )?the|(?:the )?rest of the"
    r"|most of the|a)"
)
_TOOK = (
    r"(?:took|taken|swallowed|swallowing|ate|eaten|eating|drank|drunk|downed|had|got into|"
    r"chewed|finished|injected)"
)
_SWALLOWED = r"(?:took|taken|swallowed|swallowing|ate|eaten|eating|drank|drunk|downed)"
_SEVERAL = r"(?:9|one|two|three|four|five|six|seven|eight|nine|ten|a couple of|several|both)"
_NO_OVERDOSE = (
    r"(?:with (?:me|us|him|her)|home|(?:weeks?|months?|years?|summer|winter|spring|autumn|holiday|work)"
    r"|since (?!this|last night|breakfast|lunch|noon|yesterday|today)\w+|so far|in total|without|until|course|each|per|a day|to my)"
)
"""What follows the boxes that somebody carries, or empties in the course of weeks."""
_OF_FOOD = (
    r"(?:of (?:\w+ ){0,2}(?:water|wine|beer|milk|juice|lemonade|tea|cola|coke|dates|biscuits|chocolates?|sweets"
    r"|crisps|food))"
)
_NOW = (
    r"(?:now|just|right now|at the moment|since this morning|this morning|tonight|today|suddenly"
    r"|(?:9|an|one|two|three|four|five|ten|twenty|thirty|half an|few|couple of) (?:seconds?|minutes?"
    r"|mins?|hours?|hrs?) ago|(?:for|been) (?:9|an|one|two|three|half an)? ?(?:minutes?|hours?))"
)

_SIGNS = [
    # breath and swallowing
    r"(?:cant|cannot|can not|can hardly|can barely|hardly able to|struggling to|unable to|fighting to"
    r"|not able to|cant even|hard to|difficult to)(?: (?:really|properly|hardly|even|seem to))?"
    r" (?:breathe|breath|get (?:any )?air|catch (?:my|his|her) breath)",
    r"(?:hardly|barely|isnt|is not|not|stopped|struggles with|gasping|trouble|difficulty)"
    r" (?:breathing|breathes)",
    r"(?:gasping|fighting) for (?:air|breath)",
    r"(?:is|are|got|its|feels) stuck in my (?:throat|chest|gullet)",
    r"(?:cant|cannot|can not|unable to) swallow",
    r"(?:throat|tongue|lips?|face|mouth|eyes)(?: (?:is|are|and|my|throat|tongue|lips?|face|mouth)){1,4}"
    r" (?:swelling|swollen|closing|puffing|tightening)",
    r"(?:throat|airway) (?:is )?(?:closing|swelling)",
    # heart and brain
    r"(?:i|he|she|ive|hes|shes|have|has|having|got|getting|with|feel|feeling|had|this|bad|severe|strong"
    r"|crushing|terrible|awful|sharp|sudden)(?: (?:a|some|bad|severe|strong|crushing|terrible|awful|sharp"
    r"|sudden|really|very|got)){0,3} (?:chest pains?|pains? in (?:my|his|her|the) (?:chest|left arm)"
    r"|chest tightness)",
    r"(?:my|his|her) chest (?:feels?|is|hurts|has been|has gone)(?: (?:so|very|really|all))?"
    r"(?: (?:crushed|tight|squeezed|heavy|hurting|burning|bad|now|badly|like))?",
    r"crushing (?:chest )?pain",
    r"(?:having|has had|have had|think|thinks?) (?:\w+ ){0,4}(?:a stroke|a heart attack|a seizure|a fit)",
    r"(?:having|has|keeps having|in) (?:a |another |one )?(?:seizures?|fits?|convulsions?|convulsing)",
    r"(?:face|mouth|side of \w+ face) (?:is |has )?(?:drooping|droops|drooped|hanging|dropped|gone numb)",
    r"(?:arm|leg|side)(?: \w+)? (?:just|suddenly|has) (?:dropped|gone numb|went numb|gone limp)",
    r"(?:cant|cannot|can not|unable to|stopped) (?:speak|talk|move|speaking|talking|see anything|feel (?:my|his|her))"
    r"(?: (?:properly|right|clearly|any more|suddenly))?",
    r"hardly (?:speak|move|see|stand)",
    r"(?:slurring|slurred)(?: (?:his|her|my))?(?: (?:words|speech))?",
    r"worst headache (?:of|in) my life",
    # consciousness
    r"(?:unconscious|unresponsive|not responding|blacked out|out cold)",
    r"(?:cant|cannot|can not|wont|will not|doesnt|not|unable to|impossible to)(?: \w+)? (?:wake(?: \w+)?"
    r" up|wake (?:him|her|them|my \w+)|be woken)",
    r"(?:just|has|have|suddenly|keeps?|hes|shes)(?: just)? (?:collapsed|collapsing|passed out|fainted"
    r"|passing out|fainting)",
    r"(?:fainted|collapsed|passed out)(?: \w+)? (?:twice|again|9|three times|just now|today|now|this morning|tonight)",
    r"(?:gone|turned|turning|going|went)(?: all)? (?:blue|limp|floppy|grey)",
    r"lips (?:are|have gone|turned) blue",
    # blood
    r"(?:vomiting|coughing|throwing|bringing|spitting|puking|vomited|coughed|threw|brought)(?: up)?"
    r" (?:\w+ )?blood",
    r"(?:bleeding|bleeds|bleed|blood)(?: (?:just|and|it|for|two|9|three|hours|still|keeps|that)){0,5}"
    r" (?:wont|will not|doesnt|does not|isnt|not|cant)(?: be)? stop(?:ping|ped)?",
    r"bleeding (?:heavily|a lot|badly|for (?:9|an|one|two|three|several|many) hours?)",
    # poisoning
    rf"{_TOOK}(?: (?:about|around|nearly|some|over|maybe|roughly|like|almost|at least|up to)){{0,4}}"
    rf" {_MANY}(?: (?:of|my|the|his|her|these|those|strong|\w+)){{0,4}} {_PIECES}",
    rf"{_TOOK}(?: (?:about|nearly|almost|the|a|an|his|her|my)){{0,4}}"
    rf" {_WHOLE}(?: (?:of|the|a|my|\w+)){{0,2}} (?:bottle|pack|packet|box|strip|blister|tub|tube|jar|bag"
    rf"|container|packets|bottles)(?! {_OF_FOOD} )",
    rf"{_SWALLOWED}(?: (?:about|nearly|almost|over|at least|like|the|all|my|his|her)){{0,3}} {_SEVERAL}"
    rf"(?: \w+){{0,2}} (?:boxes|box|packets?|packs?|bottles?|strips?|blisters?|tubs?|tubes?|jars?)"
    rf"(?!(?: \w+){{0,5}} {_NO_OVERDOSE} | {_OF_FOOD} )",
    r"(?:have|has|ive|hes|shes|think|i|just|might have|may have|accidentally)(?: \w+)? (?:overdosed|odd on)",
    r"(?:have|has|ive|just|i)(?: just)? (?:took|taken|had) an overdose",
    rf"{_TOOK} (?:way |far )?too (?:many|much)(?: \w+){{0,6}} {_NOW}",
    rf"{_TOOK} (?:\w+ ){{0,4}}(?:bleach|rat poison|antifreeze|weed ?killer|battery|batteries)",
    r"been poisoned",
]
_SELF_HARM = [
    r"(?:want|wanna|wants|wanting|wish|need|ready|going|hoping|hope|deserve)(?: \w+)?"
    r" (?:to )?(?:just )?(?:die|be dead|stop existing|disappear for ?ever|not exist)(?! (?:of|from|for|laughing"
    r"|with))",
    r"(?:i have|ive)(?: \w+)? wanted to (?:die|be dead)",
    r"(?:wish|wished)(?: (?:i|that|she|he)){0,4} (?:was|were|am) (?:dead|never born|gone for good)",
    r"(?:not|never)(?: \w+)? wak(?:e|ing) up(?: (?:again|any ?more|tomorrow|at all))?"
    r"(?= (?:again|any|tomorrow|at|would|please|$)|$| $)",
    r"(?:kill|killing|hang|hanging|drown|shoot|shooting|harm|harming|off) (?:myself|himself|herself"
    r"|themselves|themself|my self)(?! laughing)",
    r"(?:want to|wants to|going to|urge to|thoughts of|thinking of|thinking about|started|been|keep|to"
    r"|i|again and) (?:hurt|hurting|cut|cutting|burn|burning) (?:myself|herself|himself)"
    r" (?:again|when|on purpose|because|to feel|at night|every|now|so|just|whenever|tonight|and)",
    r"(?:want to|wants to|going to|urge to|thoughts of|thinking of|thinking about) (?:hurt|hurting|cut"
    r"|cutting|burn|burning) (?:myself|herself|himself|my self)",
    r"(?:started|been|am|im|back to|relapsed|stopped not|began) (?:to )?(?:cut|cutting|self harming|self"
    r" harm)(?: myself)? (?:again|since|last|every|most|at)",
    r"self harm(?:ing|ed)?(?: \w+){0,2} (?:again|last night|today|now|tonight|every)",
    r"(?:i|im|am|urge to|want to)(?: \w+)? self harm(?:ing)?",
    r"(?:end|ending|ended|take|taking|took)(?: \w+)? (?:my|her|his|their)(?: own)? life",
    r"(?:want|wants|going|ready|planning|plan|thinking of|thinking about|about)(?: to)?"
    r" (?:end|ending|finish|finishing) (?:it all|it|things|everything)(?= (?:all|tonight|now|soon|for good|\w+)|"
    r" $)",
    r"(?:end|ending) it all",
    r"(?:i|im|i am|ive been|feel|feeling|felt|been|being|am|is|very|really|so|and|again)"
    r" (?:\w+ )?suicidal(?! thoughts in)",
    r"(?:i have|i|ive|having|have|getting|get|has|my|these|with|had|keep having)(?: \w+){0,2}"
    r" (?:suicidal|suicide) (?:thoughts|ideas|ideation|plans?|urges)",
    r"(?:thoughts of|thinking about|thinking of|think of|think about|considering|contemplating|planning"
    r"|attempt(?:ed)?|commit|committing|about) (?:my )?suicide",
    r"(?:dont|do not|no longer|not|doesnt|didnt|never)(?: really| even)? want(?: to|s to)?(?: \w+)?"
    r" (?:be here|live|exist|be alive|wake up|go on|carry on|keep going|see tomorrow|be around|keep living"
    r"|be in this world|be on this)",
    r"(?:life|living|it|this)(?: \w+)? (?:isnt|is not|not|hardly|aint|no longer)(?: \w+)?"
    r" worth (?:living|it any ?more|going on)",
    r"not worth living",
    r"(?:no|any|a|much|see the|see no|lost all|lost the) (?:\w+ )?(?:reason|point|will|sense|purpose|hope)"
    r" (?:to|in|of|for)(?: \w+)? (?:live|living|going on|carrying on|carry on|go on|being alive|being here"
    r"|life|keep living|be alive|be here)",
    r"better off(?: \w+){0,3} (?:without me|dead|if i (?:was|were|am|wasnt|werent))",
    r"better (?:off )?(?:dead|if i (?:was|were) (?:dead|gone|not here))",
    r"(?:cant|cannot|can not)(?: \w+)? (?:go on|carry on|keep going|keep living|live)"
    r" (?:any ?more|any longer|like this|living|this way|with this (?:life|pain)|$)",
    r"(?:tired|sick|done|finished|fed up)(?: (?:of|with|to))?(?: \w+)? (?:living|being alive|life|existing"
    r"|being here)(?= (?!in|here|on|near|with))",
    r"(?:jump|jumping|throw myself|step|stepping|walk|walking|driving|drive)(?: \w+)?"
    r" (?:off|from|in front|under|into)(?: \w+){1,2} (?:bridge|train|roof|building|balcony|traffic|car|tracks"
    r"|lorry|truck|wall|tree|river|sea|cliff)",
    r"(?:bridge|roof|tracks|cliff|balcony|window)(?: \w+){0,4} (?:jump|jumping)",
    r"(?:saved|saving|hoarded|hoarding|collected|collecting|stockpiled|stockpiling|stored)(?: up)?"
    r"(?: (?:all|my|enough|up|the|of|some)){0,4}(?: \w+){0,2} (?:tablets|pills|meds|medication|capsules"
    r"|insulin)",
    r"(?:written|wrote|writing|write) (?:(?:my|the|a|all|them) ){0,2}(?:letters|goodbye \w+|suicide"
    r" note|farewell \w+|last letters?|goodbyes)",
    r"(?:enough|many|much)(?: \w+){0,4} to (?:kill me|end it|die|not wake|be fatal|finish me|do it)",
    r"(?:take|taking) an overdose|to overdose|od tonight",
    r"(?:kms|unalive|unaliving)",
]


def any_of(parts: Sequence[str]) -> re.Pattern[str]:
    """An expression for whole words that match one of the parts."""
    return lazy_pattern(rf"(?<= )(?:{'|'.join(parts)})(?= )")


EMERGENCY_SIGN, SELF_HARM_SIGN = any_of(_SIGNS), any_of(_SELF_HARM)
