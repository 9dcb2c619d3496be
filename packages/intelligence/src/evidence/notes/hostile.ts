import { headingOf } from './sections.ts'

/**
 * Text in a note that speaks to software and not of a patient. It is data like all the rest, but a reader that took it for the clinician's
 * words would let whoever wrote it answer the payer's questions.
 */
const addressesSoftware =
  /^[ \t]{0,40}(?:[#>*`-]{1,20}[ \t]{0,40})?(?:\[|<|\()?(?:system|assistant|user|developer|tool|human|ai|admin|root)(?:\s*(?:prompt|message|note|override|instruction)s?)?(?:\]|>|\))?\s*[:=]|<\|?\s*\/?(?:im_start|im_end|system|assistant|endoftext|inst)\b|\[\/?inst\]|\b(?:ignore|disregard|forget|override|bypass)\b[^.\n]{0,30}\b(?:instructions?|prompts?|rules?|guidelines?|polic(?:y|ies)|criteria|above|previous|prior text)\b|\b(?:new|updated|following|hidden|these|your) (?:system )?instructions?\b[^.\n]{0,20}(?::|\b(?:for|to) (?:the )?(?:ai|model|assistant|system|reviewer software|software|llm)\b)|\b(?:all|every|each)(?: of the)?(?: \w+){0,2} criteri(?:a|on)\b[^.\n]{0,30}\b(?:met|satisfied|fulfilled|true|yes)\b|\b(?:mark|set|answer|treat|consider|return|report|label|classify)\b[^.\n]{0,40}\b(?:as )?(?:"?met"?|approved|high confidence|not_met)\b|\b(?:high confidence|confidence\s*[:=]\s*(?:1(?:\.0)?|high|0\.9\d*))\b|\bapprove (?:this|the|it|all|request|immediately|automatically)\b|\b(?:auto-?approve|jailbreak|prompt injection)\b|\b(?:ai|llm|language model|chatbot|automated (?:reviewer|system)|(?:the )?(?:algorithm|software|model|parser)) (?:must|should|shall|will|is to|has to|reading this|processing this)\b|\byou (?:are|act as) (?:now )?(?:an?|the) (?:\w+ ){0,3}(?:ai|assistant|model|reviewer|system|bot)\b|\bact as (?:an?|the) (?:\w+ ){0,2}(?:ai|assistant|reviewer|auditor|approver)\b|"?(?:criterion_?id|criterionId|documentId|proposals|stance|recommendation)"?\s*:\s*["[{]|\b(?:respond|reply|output|answer) (?:only )?(?:with|in) (?:json|yes|the following)\b|\bend of (?:note|document|data|context)\b[^.\n]{0,20}\b(?:system|instructions?)\b|\bbegin (?:system|instructions?)\b/im

export interface TextSpan {
  readonly start: number
  readonly end: number
}

/**
 * The parts of a note that are set aside: from the line that speaks to software on, until the next heading in capitals or the end,
 * because what follows may go on in the clinician's voice.
 */
export function findHostileText(text: string): readonly TextSpan[] {
  const folded = fold(text)
  return [...findAddressed(text, folded), ...findHidden(folded)]
}

/** A comment in a mark-up language, or a fence of code: no clinician writes one, and a page may not show it. */
const hidden = /<!--[\s\S]*?(?:-->|$)|```[\s\S]*?(?:```|$)|<(script|style)\b[\s\S]*?(?:<\/\1>|$)/gi

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
    else if (open !== undefined && headingOf(content.trim())?.isTitle === true) {
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

const lookalikes: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ѕ: 's',
  ј: 'j',
  ԁ: 'd',
  һ: 'h',
  ո: 'n',
  ν: 'v',
  ο: 'o',
  α: 'a',
  ι: 'i',
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Т: 'T',
  Х: 'X',
  І: 'I',
  Ѕ: 'S',
}

/** Letters that only look Latin, full-width ones and zero-width marks, folded one for one so that offsets stay. */
function fold(text: string): string {
  return text.replaceAll(/[\u0080-\uffff]/g, (one) => {
    const latin = lookalikes[one]
    if (latin !== undefined) return latin
    const code = one.charCodeAt(0)
    return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : one
  })
}
