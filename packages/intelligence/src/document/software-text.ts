/** The addressee at the beginning of a line: "SYSTEM:", "[AI instruction:". */
const addressee =
  /^\W{0,6}(?:system|assistant|user|developer|admin|root|a\.?i\.?|llm|gpt|bot|parser|model|software|algorithm)\b[\w ]{0,30}[:=\]>]/i
const demand =
  /\b(?:(?:all|every|each) (?:\w+ ){0,3}criteri(?:a|on) (?:(?:is|are|were|as|must be|be) )?(?:met|satisfied|fulfilled)|approve (?:this|the|it|all)\b|(?:mark|record|set|return|report|answer|classify) (?:\w+ ){0,5}(?:met|approved?|present)\b)/i
/** Commands that nobody would give to a colleague. */
const command =
  /\b(?:(?:ignore|disregard|forget|override|bypass) (?:all |any |every )?(?:of )?(?:the |these |your )?(?:above|previous|prior|preceding|instructions?|rules?|criteria|prompts?|polic(?:y|ies)|guidelines?|guardrails?)|you must (?:return|answer|approve|mark|respond|output|report)|(?:respond|reply|output) (?:only )?(?:with|in) (?:json|yes|met|the following)|(?:answer|reply|respond|say|return|output|mark|record) (?:with )?(?:met|yes|satisfied|approved?) (?:for|to|on|in) (?:all|any|every|each)|act as an? (?:\w+ ){0,2}(?:ai|assistant|reviewer|model)|you are (?:now )?an? (?:\w+ ){0,2}(?:ai|assistant|model|reviewer|bot))\b/i

/** Only this many characters of a line are checked, because such text states its addressee at the beginning. */
const checkedLength = 600

/**
 * Whether a line begins a paragraph addressed to software rather than about a patient. It is set aside, because
 * otherwise its author would answer in place of the clinician.
 */
export function beginsSoftwareText(line: string): boolean {
  const head = line.slice(0, checkedLength)
  return addressee.test(head) && (demand.test(head) || command.test(head))
}

/** Whether a statement gives commands to software. */
export const isSoftwareCommand = (statement: string): boolean =>
  command.test(statement.slice(0, checkedLength))
