import type { FormBox, FormRoleView } from '@authscript/prior-auth'

/** Payers' terms for things that have another name here. */
const otherNames: Readonly<Record<string, string>> = {
  issuer: 'payer',
  insurer: 'payer',
  insurance: 'payer',
  carrier: 'payer',
  dob: 'birth',
  born: 'birth',
  gender: 'sex',
  member: 'member',
  enrollee: 'member',
  recipient: 'member',
  beneficiary: 'member',
  medicaid: 'member',
  ordering: 'requesting',
  referring: 'requesting',
  prescribing: 'requesting',
  requester: 'requesting',
  rendering: 'servicing',
  performing: 'servicing',
  treating: 'servicing',
  pcp: 'primary',
  telephone: 'phone',
  tel: 'phone',
  mobile: 'phone',
  facsimile: 'fax',
  cpt: 'code',
  hcpcs: 'code',
  procedure: 'service',
  procedures: 'service',
  services: 'service',
  dx: 'diagnosis',
  icd: 'diagnosis',
  diagnoses: 'diagnosis',
  expedited: 'urgent',
  urgency: 'urgent',
  stat: 'urgent',
  nonurgent: 'standard',
  routine: 'standard',
  extension: 'renewal',
  amendment: 'renewal',
  amended: 'renewal',
  start: 'from',
  begin: 'from',
  end: 'to',
  through: 'to',
  units: 'quantity',
  qty: 'quantity',
  zipcode: 'zip',
  postal: 'zip',
  ein: 'tax',
  tin: 'tax',
  clinician: 'provider',
  physician: 'provider',
  doctor: 'provider',
  medical: 'clinical',
  clinic: 'practice',
  rationale: 'reason',
  justification: 'reason',
  narrative: 'reason',
  documentation: 'reason',
  notes: 'reason',
  authorization: 'authorization',
  auth: 'authorization',
}

/** Words that say nothing about what a box is for. */
const empty = new Set(
  'a an and all are as at be box check checkbox enter field fill if in is it its of on one only or other page please row section see text that the their this type was whole with yes your number no name full instructions planned requested'.split(
    ' ',
  ),
)

/** Words that tell more than those beside them: "service, diagnosis code" is a diagnosis. */
const telling = new Set(['diagnosis', 'contact', 'direct', 'last', 'first'])

/** The part of a value that a role is for, if it is for one. */
const pieceName = /\.(?:character|month|day|year|area|prefix|line|zip5|plus4)$/

const canonical = (word: string) => otherNames[word] ?? word

/** A name split into single terms, as we call them: `Patient_DOB` is patient and birth. */
export function wordsOf(text: string): ReadonlySet<string> {
  const words = text
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/non[\s-]?urgent/g, 'nonurgent')
    .replaceAll(/service provider/g, 'servicing provider')
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.replace(/^0+(?=\d)/, ''))
  return new Set(words.filter((word) => word !== '').map(canonical))
}

/** Every word that is typed is somewhere in the label, the group or the sentence, by our name for it or the payer's. */
export function matches({ label, group, sentence }: FormRoleView, query: string): boolean {
  const text = `${label} ${group} ${sentence}`.toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word) || text.includes(canonical(word)))
}

/** With fewer than half of their terms in common, two names do not match. */
const lowest = 0.5
const most = 3

/** What a box is probably for, by its name and its tooltip, the likeliest first. A person decides. */
export function likelyRoles(
  { name, tooltip, kind }: FormBox,
  roles: readonly FormRoleView[],
): readonly FormRoleView[] {
  const names = [...new Set([name, tooltip ?? name])].map(wordsOf)
  return roles
    .filter(({ kinds }) => kinds.includes(kind))
    .filter((role) => names.some((words) => mayBe(words, role)))
    .map((role) => ({ role, score: Math.max(...names.map((words) => likenessOf(words, role))) }))
    .filter(({ score }) => score >= lowest)
    .toSorted((one, other) => other.score - one.score)
    .slice(0, most)
    .map(({ role }) => role)
}

/** Not a row other than the one that the box names, nor a part of a value that it does not name. */
function mayBe(box: ReadonlySet<string>, { role, label }: FormRoleView): boolean {
  const own = [...wordsOf(label)]
  const rows = [...box].filter((word) => /^\d+$/.test(word))
  const row = own.find((word) => /^\d+$/.test(word))
  if (row !== undefined && rows.length > 0 && !rows.includes(row)) return false
  return !pieceName.test(role) || box.has(own.at(-1) ?? '')
}

/** From 0 to 1. Words that say little count for little. */
function likenessOf(box: ReadonlySet<string>, { label }: FormRoleView): number {
  const role = wordsOf(label)
  const weigh = (words: Iterable<string>) =>
    [...words].reduce((sum, word) => sum + (empty.has(word) ? 0.25 : telling.has(word) ? 2 : 1), 0)
  const common = [...box].filter((word) => role.has(word))
  return (2 * weigh(common)) / (weigh(box) + weigh(role))
}
