import {
  type BoxKind,
  type FormChoice,
  type FormRole,
  type FormRoleView,
  formChoices,
  formRoles,
} from '@authscript/prior-auth'
import { valueKindOf } from '../map/value-kind.ts'
import {
  choiceWords,
  pieceWords,
  serviceWords,
  textWords,
  valueWords,
  wholeWords,
  type Words,
} from './role-words.ts'

const groups: Readonly<Record<string, string>> = {
  payer: 'Payer',
  patient: 'Patient',
  coverage: 'Patient',
  requester: 'Requesting provider',
  servicing: 'Servicing provider',
  pcp: 'Primary care provider',
  facility: 'Facility',
}

/** Almost every payer returns a form without these. */
const usual: ReadonlySet<string> = new Set([
  'patient.name',
  'patient.birthDate',
  'coverage.memberId',
  'requester.name',
  'requester.npi',
  'service[1].code',
  'diagnosis[1].code',
  'attestation',
])

/** Rows of a table that a form may have. */
const rows = Array.from({ length: 12 }, (_, index) => index + 1)
const written: readonly BoxKind[] = ['text', 'list']
/** Boxes or buttons of one name, of which one is ticked. */
const severalBoxes: readonly BoxKind[] = ['radio group', 'check boxes', 'yes or no']
const chosen: readonly BoxKind[] = ['text', 'list', ...severalBoxes]
const ticked: readonly BoxKind[] = ['check box', 'yes or no']

const one = (
  role: string,
  group: string,
  [label, sentence]: Words,
  kinds: readonly BoxKind[],
): FormRoleView => ({ role, label, group, sentence, kinds: [...kinds], isUsual: usual.has(role) })

/** Every role that a box can have, in words, in the order in which a form asks. */
export const roleViews: readonly FormRoleView[] = [
  one(
    'attestation',
    'Left to people',
    ['Signature or attestation', 'Nothing is written there: a person signs the form.'],
    ['text', 'check box', ...severalBoxes, 'list', 'signature'],
  ),
  one(
    'signature',
    'Left to people',
    [
      'Signature of the requesting provider',
      'Left to the provider, who may place a stored signature there.',
    ],
    ['text', 'signature'],
  ),
  one(
    'signature.date',
    'Left to people',
    ['Date of that signature', 'Left to the provider; a placed signature dates it.'],
    ['text'],
  ),
  ...formRoles.flatMap((role) =>
    withPieces(one(role, groupOf(role), textWords[role], written), { kind: 'text', role }),
  ),
  ...choiceEntries().flatMap(([choice, values]) => [
    one(choice, choiceWords[choice][0], choiceWords[choice], chosen),
    ...values.map((value) =>
      one(
        `${choice}=${value}`,
        choiceWords[choice][0],
        [
          `${choiceWords[choice][0]}: ${valueWords[value] ?? value}`,
          `Ticked if it is ${valueWords[value] ?? value}, otherwise left empty.`,
        ],
        ticked,
      ),
    ),
  ]),
  ...Object.entries(wholeWords).flatMap(([part, words]) =>
    withPieces(one(`service.${part}`, 'What is ordered', words, ['text']), { kind: 'whole', part }),
  ),
  ...rows.flatMap((row) => [
    ...Object.entries(serviceWords).flatMap(([part, [label, sentence]]) =>
      withPieces(
        one(
          `service[${row}].${part}`,
          'What is ordered',
          [`Service ${row}: ${label}`, sentence],
          written,
        ),
        { kind: 'row', part },
      ),
    ),
  ]),
  ...rows.flatMap((row) => [
    ...withPieces(
      one(
        `diagnosis[${row}].code`,
        'Diagnoses',
        [`Diagnosis ${row}: code`, row === 1 ? 'The main ICD-10 code.' : 'An ICD-10 code.'],
        written,
      ),
      { kind: 'row', part: 'diagnosisCode' },
    ),
    one(
      `diagnosis[${row}].description`,
      'Diagnoses',
      [`Diagnosis ${row}: description`, 'The diagnosis in words.'],
      written,
    ),
  ]),
  ...rows.flatMap((row) => [
    one(
      `criterion[${row}].question`,
      "The payer's questions",
      [`Question ${row}: text`, 'A question of the policy.'],
      ['text'],
    ),
    one(
      `criterion[${row}].answer`,
      "The payer's questions",
      [`Question ${row}: answer`, 'Yes, No or Unknown, as the chart says.'],
      ['text', ...severalBoxes],
    ),
    ...Object.entries({ yes: 'Yes', no: 'No', unknown: 'Unknown' }).map(([value, word]) =>
      one(
        `criterion[${row}].answer=${value}`,
        "The payer's questions",
        [`Question ${row}: ${word}`, `Ticked if the answer is ${word}.`],
        ['check box'],
      ),
    ),
  ]),
]

/** A use, and those for boxes that take a part of its value. */
function withPieces(
  whole: FormRoleView,
  role: Parameters<typeof valueKindOf>[0],
): readonly FormRoleView[] {
  const kind = valueKindOf(role)
  const pieces = kind === undefined ? [] : (pieceWords[kind] ?? [])
  return [
    whole,
    ...pieces.map(([piece, label]) =>
      one(
        `${whole.role}.${piece}`,
        whole.group,
        [`${whole.label}, ${label}`, `Only the ${label}, in a box of its own.`],
        written,
      ),
    ),
    one(
      `${whole.role}.character`,
      whole.group,
      [
        `${whole.label}, one character in each box`,
        'For a row of small boxes: give each of them this use. The value is written across the row.',
      ],
      ['text'],
    ),
  ]
}

function choiceEntries(): readonly (readonly [FormChoice, readonly string[]])[] {
  return Object.entries(formChoices) as readonly (readonly [FormChoice, readonly string[]])[]
}

function groupOf(role: FormRole): string {
  const [first = ''] = role.split('.')
  return groups[first] ?? 'The request'
}
