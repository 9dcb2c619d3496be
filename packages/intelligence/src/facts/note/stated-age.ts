import type { ClinicalBundle } from '@authscript/prior-auth'

const opening = String.raw`^\W*(?:[\w ]{1,40}[.:] )?(?:thank you for (?:sending|referring|seeing) (?:me )?(?:this|your) |(?:this|pt|patient|he|she)(?: is|'s)? |former \d\d-week preemie, now )?(?:an? |the )?`
const youth = String.raw`(?:\d{1,2}[ -]?(?:year|yr|y)s?[ -]?(?:old|o)\b|\d{1,2} ?(?:yo|y\/o)\b|\d{1,2} ?[MF]\b)`
const months = String.raw`(?:(?:toddler|infant|baby|boy|girl), )?\d{1,2}[ -]months?(?:[ -]old)?\b`
const ofPatient = new RegExp(
  String.raw`(?:${opening}(?:\w+, )?(${months}|${youth})|\bage:?\s{0,3}(\d{1,3}) ?(?:y|yr|yrs|years?|yo)\b)`,
  'im',
)
/** A note that states the patient's age does so at its beginning. */
const headLength = 400

/** The age in years at the beginning of the encounter's own note: "This is a 9-year-old boy", "16M", "Age: 11 y". */
export function statedAge(
  { documents, encounter }: ClinicalBundle,
  asOf: string,
): number | undefined {
  for (const { content, encounterIds, date } of documents) {
    const isOfVisit =
      encounterIds.includes(encounter.source.resourceId) || date?.slice(0, 10) === asOf
    if (!isOfVisit || content.kind !== 'text') continue
    const [, opened, named] = ofPatient.exec(content.text.slice(0, headLength)) ?? []
    const stated = named ?? opened
    if (stated === undefined) continue
    return /month/i.test(stated)
      ? Math.floor(Number(/\d+/.exec(stated)?.[0] ?? 0) / 12)
      : Number(/\d+/.exec(stated)?.[0] ?? 0)
  }
  return undefined
}
