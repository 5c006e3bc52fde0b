/** One linguistic feature of text that gives orders to a program. `weight` is how far it alone convinces, in (0, 1). */
export interface Feature {
  readonly indicator: string;
  readonly weight: number;
  readonly pattern: RegExp;
  /** For people: "it ...". */
  readonly says: string;
}

const VERB =
  'send|transfer|pay|forward|delete|remove|update|change|modify|book|reserve|create|add|invite|visit|open|click|share|post|upload|download|install|execute|run|call|use|write|e-?mail|message|reset|grant|give|cancel|publish|submit|buy|order|move|copy|reply|respond|append|approve|disable|enable|export|fetch|read|search|schedule|set|tell|notify|upgrade|recommend|include|print|output|reveal|perform|carry out|make';

/**
 * How an order to an assistant is worded, whatever it orders. All patterns run on normal text (lower case, folded, single
 * spaces) and have bounded gaps, so that time stays linear.
 */
export const FEATURES: readonly Feature[] = [
  {
    indicator: 'override',
    weight: 0.7,
    says: 'sets earlier instructions aside',
    pattern:
      /\b(?:ignore|disregard|forget|override|overrule|bypass|set aside|drop|stop following|do not follow|abandon|supersedes?|replaces?|cancel)\b[^.!?]{0,40}\b(?:your (?:\w+ )?(?:previous|prior|earlier|above|preceding|original|former|initial|current|existing)|(?:previous|prior|earlier|above|preceding|original|former|other|all|any|your|these|those|the)\b[^.!?]{0,30}\b(?:\w{0,3}structions?|orders?|tasks?|rules?|prompts?|guidelines?|directives?|restrictions?|constraints?|guardrails?))\b/g,
  },
  {
    indicator: 'new_task',
    weight: 0.45,
    says: 'gives the assistant a new task',
    pattern:
      /\b(?:new|real|actual|updated|revised|next|following|additional|main|only) (?:instructions?|tasks?|objectives?|orders?|goals?|directives?|assignments?)\b|\byour (?:\w+ )?(?:task|goal|job|objective|mission) (?:is|now|will be)\b/g,
  },
  {
    indicator: 'before_task',
    weight: 0.45,
    says: 'wants to be served before the task',
    pattern:
      /\b(?:before|prior to|instead of|rather than|in order to|until)\b[^.!?]{0,40}\b(?:you (?:can|may|could|start|begin|do|continue|proceed|solve|answer|help|complete|finish)|(?:solving|answering|continuing|proceeding|completing|finishing|doing|performing|helping|responding|the (?:original|user's|actual|current|requested) (?:task|request|question)|your (?:task|answer|response|work)))\b/g,
  },
  {
    indicator: 'role_markup',
    weight: 0.5,
    says: 'imitates a system or user turn',
    pattern:
      /<\/?\|?(?:im_start|im_end|system|user|assistant|developer|admin|instructions?|prompt|tool|human|ai)\b[^>]{0,40}>|\[\/?(?:inst|system|user|assistant|admin|instructions?)\]|(?:^|[\n#*=-] ?)(?:system|user|assistant|developer|human|ai|admin)(?: (?:message|prompt|note|instruction))? ?(?::|>)|#{2,} ?(?:system|instructions?|user|assistant|prompt)\b/g,
  },
  {
    indicator: 'addressee',
    weight: 0.4,
    says: 'speaks to the assistant',
    pattern:
      /\b(?:dear|hello|hi|hey|attention|note to|message (?:to|for)|instructions? (?:to|for)|for) (?:the |any |all |my |this )?(?:ai|a\.i\.|llm|assistant|agent|language model|chatbot|bot|model)s?\b|\b(?:you are|you're|as) (?:an? |the )?(?:ai|llm|assistant|language model|chatbot|(?:ai|automated|autonomous|helpful|virtual) (?:\w+ )?(?:assistant|agent|model|bot))\b|\bif you are (?:an? |the )?(?:ai|llm|assistant|agent|bot|model|language model)\b|\b(?:ai|llm|language) (?:assistant|agent|model)s?\b[^.!?]{0,20}\b(?:must|should|please|needs? to|will|have to|has to)\b|\b(?:every|any|all|each|whichever) (?:\w+ )?(?:agent|assistant|model|bot)s?\b[^.!?]{0,40}\b(?:must|should|shall|required|needs? to|have to|has to|asked|instructed|expected)\b/g,
  },
  {
    indicator: 'command',
    weight: 0.35,
    says: 'tells the reader to act',
    pattern: new RegExp(
      `\\b(?:you (?:must|should|need to|have to|are (?:required|instructed|asked|ordered|authorized|to)|will now|shall)|make sure (?:to|you|that you)|be sure to|ensure (?:that )?you|i (?:need|want) you to|please|kindly)\\b[^.!?]{0,30}\\b(?:${VERB})\\b`,
      'g',
    ),
  },
  {
    indicator: 'imperative',
    weight: 0.15,
    says: 'is worded as an order',
    pattern: new RegExp(
      `(?:^|[.!?:;>)\\]"*] ?|\\b(?:then|first|now|next|also|and|immediately) )(?:${VERB}) (?:the|a|an|all|my|your|this|that|these|any|to|it|me|them|out|\\d|["'<(\\[])`,
      'g',
    ),
  },
  {
    indicator: 'authority',
    weight: 0.25,
    says: 'claims authority or urgency',
    pattern:
      /\b(?:important|urgent|critical|mandatory|attention|priority|top priority|immediate action|required action|security notice|system (?:notice|update|message|override|alert))\b ?[:!-]|\b(?:this is|i am|i'm|message from|on behalf of|authorized by|approved by|sent by) (?:the |your )?(?:user|owner|admin(?:istrator)?|system|developer|operator|security team|it department|boss|account holder)\b/g,
  },
  {
    indicator: 'secrecy',
    weight: 0.35,
    says: 'wants to stay unnoticed',
    pattern:
      /\b(?:do not|don't|never|without) (?:tell(?:ing)?|mention(?:ing)?|inform(?:ing)?|notify(?:ing)?|reveal(?:ing)?|alert(?:ing)?|ask(?:ing)?|show(?:ing)?)\b[^.!?]{0,30}\b(?:user|anyone|anybody|this|them|him|her|confirmation|permission|message)\b|\b(?:silently|secretly|covertly|in the background)\b/g,
  },
  {
    indicator: 'about_user',
    weight: 0.3,
    says: 'speaks of the user and the task from outside',
    pattern:
      /\b(?:the user|your user|the human|your operator)(?:'s)? (?:wants?|asked|has asked|needs?|requested|would like|expects?|task|request|original|said)\b|\b(?:original|user's|current|assigned) (?:task|request|query|question)\b|\b(?:complete|finish|solve|continue with|proceed with|return to|resume|answer) (?:the |your )?(?:original |user's |initial )?(?:task|request|query|question)\b/g,
  },
  {
    indicator: 'given_task',
    weight: 0.35,
    says: 'speaks of the task the assistant was given',
    pattern:
      /\b(?:the|your|any|this) (?:\w+ )?(?:tasks?|requests?|questions?|jobs?|assignments?|prompts?|instructions?) (?:(?:that|which) )?(?:i|we|the user|he|she|they|you) (?:\w+ ){0,2}(?:gave|given|asked|assigned|requested|sent|received|told)\b/g,
  },
  {
    indicator: 'precedence',
    weight: 0.3,
    says: 'wants to be done first or instead',
    pattern:
      /\b(?:do|perform|complete|execute|carry out|follow) (?:the following|this|these(?: \w+)?|that) (?:first|instead|now|before|immediately)\b|\b(?:after|once) (?:you do|doing|you have done|you(?:'ve| have)? (?:finish|complet)\w*|having done|completing) (?:that|this|so|it|these)\b/g,
  },
  {
    indicator: 'tool_talk',
    weight: 0.3,
    says: 'speaks of tools and function calls',
    pattern:
      /\b(?:call|use|invoke|execute|run|trigger) (?:the |your |a )?(?:[\w.-]{2,40} )?(?:tool|function|api|command|action|endpoint)s?\b|\busing (?:the |your )?[\w.-]{2,40} (?:tool|function)\b/g,
  },
];
