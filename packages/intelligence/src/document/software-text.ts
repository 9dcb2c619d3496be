/** Who is spoken to at the head of a line: "SYSTEM:", "[AI instruction:". */
const address =
  /^\W{0,6}(?:system|assistant|user|developer|admin|root|a\.?i\.?|llm|gpt|bot|parser|model|software|algorithm)\b[\w ]{0,30}[:=\]>]/i
const demand =
  /\b(?:(?:all|every|each) (?:\w+ ){0,3}criteri(?:a|on) (?:(?:is|are|were|as|must be|be) )?(?:met|satisfied|fulfilled)|approve (?:this|the|it|all)\b|(?:mark|record|set|return|report|answer|classify) (?:\w+ ){0,5}(?:met|approved?|present)\b)/i
/** Nobody says this to a colleague. */
const command =
  /\b(?:(?:ignore|disregard|forget|override|bypass) (?:all |any |every )?(?:of )?(?:the |these |your )?(?:above|previous|prior|preceding|instructions?|rules?|criteria|prompts?|polic(?:y|ies)|guidelines?|guardrails?)|you must (?:return|answer|approve|mark|respond|output|report)|(?:respond|reply|output) (?:only )?(?:with|in) (?:json|yes|met|the following)|(?:answer|reply|respond|say|return|output|mark|record) (?:with )?(?:met|yes|satisfied|approved?) (?:for|to|on|in) (?:all|any|every|each)|act as an? (?:\w+ ){0,2}(?:ai|assistant|reviewer|model)|you are (?:now )?an? (?:\w+ ){0,2}(?:ai|assistant|model|reviewer|bot))\b/i

/** Looked at of a line: who speaks to software says so at once. */
const looked = 600

/**
 * Whether a line begins a paragraph that speaks to software and not of a patient. It is set aside: whoever wrote it would otherwise answer for the
 * clinician.
 */
export function beginsSoftwareText(line: string): boolean {
  const head = line.slice(0, looked)
  return address.test(head) && (demand.test(head) || command.test(head))
}

/** Whether a statement commands software. */
export const isSoftwareCommand = (statement: string): boolean =>
  command.test(statement.slice(0, looked))
