export interface TextSpan {
  readonly start: number
  /** Exclusive. */
  readonly end: number
}

/**
 * Text in a note that addresses software instead of describing a patient. The rules read it like any other text and follow no
 * instructions. A language model might follow them, so such text is not shown to it.
 */
const addressesSoftware =
  /^[ \t]{0,40}(?:[#>*`-]{1,20}[ \t]{0,40})?(?:\[|<|\()?(?:system|assistant|user|developer|tool|human|ai|admin|root)(?:\s{0,20}(?:prompt|message|note|override|instruction)s?)?(?:\]|>|\))?\s{0,20}[:=]|<\|?\s{0,20}\/?(?:im_start|im_end|system|assistant|endoftext|inst|tool_call)\b|\[\/?inst\]|\b(?:ignore|disregard|forget|override|bypass)\b[^.\n]{0,30}\b(?:instructions?|prompts?|rules?|guidelines?|polic(?:y|ies)|criteria|above|previous|prior text)\b|\b(?:new|updated|following|hidden|these|your) (?:system )?instructions?\b[^.\n]{0,20}(?::|\b(?:for|to) (?:the )?(?:ai|model|assistant|system|reviewer software|software|llm)\b)|\b(?:all|every|each)(?: of the)?(?: \w{1,30}){0,2} criteri(?:a|on)\b[^.\n]{0,30}\b(?:met|satisfied|fulfilled|true|yes)\b|\b(?:mark|set|answer|treat|consider|return|report|label|classify)\b[^.\n]{0,40}\b(?:as )?(?:"?met"?|approved|high confidence|not_met)\b|\b(?:high confidence|confidence\s{0,20}[:=]\s{0,20}(?:1(?:\.0)?|high|0\.9\d{0,9}))\b|\bapprove (?:this|the|it|all|request|immediately|automatically)\b|\b(?:auto-?approve|jailbreak|prompt injection)\b|\b(?:ai|llm|language model|chatbot|automated (?:reviewer|system)|(?:the )?(?:algorithm|software|model|parser)) (?:must|should|shall|will|is to|has to|reading this|processing this)\b|\byou (?:are|act as) (?:now )?(?:an?|the) (?:\w{1,30} ){0,3}(?:ai|assistant|model|reviewer|system|bot)\b|\bact as (?:an?|the) (?:\w{1,30} ){0,2}(?:ai|assistant|reviewer|auditor|approver)\b|"?(?:criterion_?id|criterionId|documentId|proposals|stance|recommendation)"?\s{0,20}:\s{0,20}["[{]|\b(?:respond|reply|output|answer) (?:only )?(?:with|in) (?:json|yes|the following)\b|\bend of (?:note|document|data|context)\b[^.\n]{0,20}\b(?:system|instructions?)\b|\bbegin (?:system|instructions?)\b/im

/** A markup comment or a code fence: no clinician writes one, and a page may not show it. */
const hidden = /<!--[\s\S]*?(?:-->|$)|```[\s\S]*?(?:```|$)|<(script|style)\b[\s\S]*?(?:<\/\1>|$)/gi

/** "PHYSICAL EXAM:" on its own line: the text after it is the clinician's again. */
const title = /^[ \t]{0,40}[A-Z][A-Z/&,() -]{2,60}:?[ \t]{0,40}$/

/**
 * The parts of a note that are hidden from a language model, in the note's offsets: from a line that addresses software to the next title
 * in capitals or the end, because the following lines may imitate the clinician; and what is hidden in markup.
 */
export function findTextForSoftware(text: string): readonly TextSpan[] {
  const folded = fold(text)
  return [...findAddressed(text, folded), ...findHidden(folded)]
}

/** Blacks out those parts. Every character keeps its offset. */
export function hideTextForSoftware(text: string): string {
  return findTextForSoftware(text).reduce(
    (shown, { start, end }) =>
      shown.slice(0, start) + shown.slice(start, end).replaceAll(/\S/g, '█') + shown.slice(end),
    text,
  )
}

function findHidden(folded: string): readonly TextSpan[] {
  return [...folded.matchAll(hidden)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }))
}

function findAddressed(text: string, folded: string): readonly TextSpan[] {
  if (!addressesSoftware.test(folded)) return []
  const spans: TextSpan[] = []
  let open: number | undefined
  for (const line of linesOf(folded)) {
    const content = folded.slice(line.start, line.end)
    if (addressesSoftware.test(content)) open ??= line.start
    else if (open !== undefined && title.test(content)) {
      spans.push({ start: open, end: line.start })
      open = undefined
    }
  }
  if (open !== undefined) spans.push({ start: open, end: text.length })
  return spans
}

function* linesOf(text: string): Generator<TextSpan> {
  let start = 0
  while (start <= text.length) {
    const found = text.indexOf('\n', start)
    const end = found === -1 ? text.length : found
    yield { start, end }
    start = end + 1
  }
}

const lookalikes: Readonly<Record<string, string>> = Object.fromEntries(
  [...'аеорсухіѕјԁһոνοαιАВЕКМНОРСТХІЅ'].map((one, at) => [
    one,
    'aeopcyxisjdhnvoaiABEKMHOPCTXIS'[at] ?? one,
  ]),
)

/** Replaces letters that look Latin, and full-width ones, one by one, so that offsets stay the same. */
function fold(text: string): string {
  return text.replaceAll(/[\u0080-\uffff]/g, (one) => {
    const latin = lookalikes[one]
    if (latin !== undefined) return latin
    const code = one.charCodeAt(0)
    return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : one
  })
}
