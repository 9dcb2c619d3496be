import type { Side } from './code-entry.ts'

/** What may follow the written part of a code: characters, the text they stand for, and the side they name. */
export interface Suffix {
  readonly characters: string
  readonly words: string
  readonly side?: Side
}

const right: Suffix = { characters: '1', words: 'right', side: 'right' }
const left: Suffix = { characters: '2', words: 'left', side: 'left' }
const bilateral: Suffix = { characters: '3', words: 'bilateral', side: 'bilateral' }
const unspecified = (characters: string): Suffix => ({ characters, words: 'unspecified' })

/** Numbered from zero in the given order. */
const numbered = (...words: string[]): readonly Suffix[] =>
  words.flatMap((one, index) => (one === '' ? [] : [{ characters: `${index}`, words: one }]))

const spine = [
  'unspecified',
  'occipito-atlanto-axial',
  'cervical',
  'cervicothoracic',
  'thoracic',
  'thoracolumbar',
  'lumbar',
  'lumbosacral',
  'sacral',
  'multiple-site',
]

/** Chapter 13's sites: a site, then its side. */
const withSides = (...sites: readonly string[]): readonly Suffix[] => [
  { characters: '0', words: 'unspecified site' },
  ...sites.flatMap((site, index) => [
    { characters: `${index + 1}`, words: site },
    { characters: `${index + 1}1`, words: `right ${site}`, side: 'right' as const },
    { characters: `${index + 1}2`, words: `left ${site}`, side: 'left' as const },
    { characters: `${index + 1}9`, words: `unspecified ${site}` },
  ]),
]
const joints = withSides('shoulder', 'elbow', 'wrist', 'hand', 'hip', 'knee', 'ankle and foot')
const otherSites: Suffix = { characters: '8', words: 'other sites' }
const vertebrae: Suffix = { characters: '8', words: 'vertebrae' }
const multiple: Suffix = { characters: '9', words: 'multiple sites' }

const dominantSides: readonly Suffix[] = [
  { characters: '1', words: 'right dominant', side: 'right' },
  { characters: '2', words: 'left dominant', side: 'left' },
  { characters: '3', words: 'right nondominant', side: 'right' },
  { characters: '4', words: 'left nondominant', side: 'left' },
]

/** Two kinds of one injury, each right, left and unspecified. */
const kinds = (first: string, second: string): readonly Suffix[] =>
  [first, second].flatMap((kind, index) => [
    { characters: `${index * 3 + 1}`, words: `${kind}, right`, side: 'right' as const },
    { characters: `${index * 3 + 2}`, words: `${kind}, left`, side: 'left' as const },
    { characters: `${index * 3 + 3}`, words: `${kind}, unspecified` },
  ])

/** Menisci with cysts, old tears and other derangements: `0` for a meniscus without a named part, then the parts. */
const menisci: readonly Suffix[] = [
  { characters: '0', words: 'unspecified meniscus' },
  { characters: '00', words: 'lateral meniscus, right knee', side: 'right' },
  { characters: '01', words: 'lateral meniscus, left knee', side: 'left' },
  { characters: '02', words: 'lateral meniscus, unspecified knee' },
  { characters: '03', words: 'medial meniscus, right knee', side: 'right' },
  { characters: '04', words: 'medial meniscus, left knee', side: 'left' },
  { characters: '05', words: 'medial meniscus, unspecified knee' },
  { characters: '06', words: 'unspecified meniscus, right knee', side: 'right' },
  { characters: '07', words: 'unspecified meniscus, left knee', side: 'left' },
  { characters: '09', words: 'unspecified meniscus, unspecified knee' },
  ...[
    'anterior horn of the medial meniscus',
    'posterior horn of the medial meniscus',
    'other part of the medial meniscus',
    'anterior horn of the lateral meniscus',
    'posterior horn of the lateral meniscus',
    'other part of the lateral meniscus',
  ].flatMap((part, index) => [
    { characters: `${index + 1}`, words: part },
    { characters: `${index + 1}1`, words: `${part}, right knee`, side: 'right' as const },
    { characters: `${index + 1}2`, words: `${part}, left knee`, side: 'left' as const },
    { characters: `${index + 1}9`, words: `${part}, unspecified knee` },
  ]),
]

/** The named sets that family tables write in angle brackets: `M25.56<RL9>`. */
export const suffixSets: Readonly<Record<string, readonly Suffix[]>> = {
  RL0: [unspecified('0'), right, left],
  RLB0: [unspecified('0'), right, left, bilateral],
  RL9: [right, left, unspecified('9')],
  RLB9: [right, left, bilateral, unspecified('9')],
  spine: numbered(...spine),
  /** Like `spine`, for families without a code for several sites. */
  spine8: numbered(...spine.slice(0, 9)),
  spine1to8: numbered('', ...spine.slice(1, 9)),
  joints: [...joints, multiple],
  jointsAndSpine: [...joints, vertebrae, multiple],
  jointsAndOther: [...joints, otherSites],
  jointsOtherAndMultiple: [...joints, otherSites, multiple],
  /** Like `joints`, for families that name bones: osteomyelitis. */
  bones: [
    ...withSides(
      'shoulder',
      'humerus',
      'radius and ulna',
      'hand',
      'femur',
      'tibia and fibula',
      'ankle and foot',
    ),
    otherSites,
    multiple,
  ],
  /** Like `bones`, for osteoporosis. */
  brittleBones: [
    ...withSides('shoulder', 'humerus', 'forearm', 'hand', 'femur', 'lower leg', 'ankle and foot'),
    vertebrae,
  ],
  pelvisAndFemur: [
    { characters: '0', words: 'pelvis' },
    { characters: '1', words: 'right femur', side: 'right' },
    { characters: '2', words: 'left femur', side: 'left' },
    { characters: '9', words: 'unspecified femur' },
  ],
  menisci,
  displaced: kinds('displaced', 'nondisplaced'),
  dislocation: kinds('subluxation', 'dislocation'),
  /** Accompanying symptoms of dementia of one severity. */
  dementia: [
    { characters: '0', words: 'without disturbance' },
    { characters: '1', words: 'with behavioral disturbance' },
    { characters: '11', words: 'with agitation' },
    { characters: '18', words: 'with other behavioral disturbance' },
    { characters: '2', words: 'with psychotic disturbance' },
    { characters: '3', words: 'with mood disturbance' },
    { characters: '4', words: 'with anxiety' },
  ],
  somatic: numbered(
    'head',
    'cervical',
    'thoracic',
    'lumbar',
    'sacral',
    'pelvic',
    'lower extremity',
    'upper extremity',
    'rib cage',
    'abdominal',
  ),
  dominance: [unspecified('0'), ...dominantSides],
  /** Like `dominance`, for the late effects of stroke. */
  dominance9: [...dominantSides, unspecified('9')],
  /** Migraine and epilepsy: not intractable or intractable, each with or without status. */
  intractability: [
    { characters: '0', words: 'not intractable' },
    { characters: '01', words: 'not intractable, with status' },
    { characters: '09', words: 'not intractable, without status' },
    { characters: '1', words: 'intractable' },
    { characters: '11', words: 'intractable, with status' },
    { characters: '19', words: 'intractable, without status' },
  ],
  intractable01: numbered('not intractable', 'intractable'),
  intractable19: [
    { characters: '1', words: 'intractable' },
    { characters: '9', words: 'not intractable' },
  ],
  epilepsyStatus: numbered(
    '',
    'not intractable, with status',
    'not intractable, without status',
    'intractable, with status',
    'intractable, without status',
  ),
  acuity: numbered('unspecified', 'acute', 'chronic', 'acute on chronic'),
  thoracicAorta: numbered('site unspecified', 'ascending', 'arch', 'descending'),
  abdominalAorta: numbered('site unspecified', 'pararenal', 'juxtarenal', 'infrarenal'),
  thoracoabdominalAorta: numbered('site unspecified', 'supraceliac', 'paravisceral'),
  asthma: numbered('uncomplicated', 'with exacerbation', 'with status asthmaticus'),
  gasExchange: numbered('type unspecified', 'with hypoxia', 'with hypercapnia'),
  /** Inflammatory bowel disease: without complications, or with which one. */
  bowel: [
    { characters: '0', words: 'without complications' },
    { characters: '1', words: 'with complications' },
    { characters: '11', words: 'with rectal bleeding' },
    { characters: '12', words: 'with obstruction' },
    { characters: '13', words: 'with fistula' },
    { characters: '14', words: 'with abscess' },
    { characters: '18', words: 'with another complication' },
    { characters: '19', words: 'with an unspecified complication' },
  ],
  discs: [
    { characters: '4', words: 'thoracic' },
    { characters: '5', words: 'thoracolumbar' },
    { characters: '6', words: 'lumbar' },
    { characters: '7', words: 'lumbosacral' },
  ],
  midCervical: numbered('level unspecified', 'C4-C5', 'C5-C6', 'C6-C7'),
  vertebralFracture: [
    { characters: '0', words: 'wedge compression' },
    { characters: '1', words: 'stable burst' },
    { characters: '2', words: 'unstable burst' },
    { characters: '8', words: 'other' },
    { characters: '9', words: 'unspecified' },
  ],
}

/** Seventh characters: the kind of encounter for an injury. */
export const encounterWords: Readonly<Record<string, string>> = {
  A: 'initial encounter',
  B: 'initial encounter, open fracture',
  C: 'initial encounter, open fracture type III',
  D: 'subsequent encounter',
  E: 'subsequent encounter, open fracture',
  F: 'subsequent encounter, open fracture type III',
  G: 'subsequent encounter, delayed healing',
  H: 'subsequent encounter, open fracture, delayed healing',
  J: 'subsequent encounter, open fracture type III, delayed healing',
  K: 'subsequent encounter, nonunion',
  M: 'subsequent encounter, open fracture, nonunion',
  N: 'subsequent encounter, open fracture type III, nonunion',
  P: 'subsequent encounter, malunion',
  Q: 'subsequent encounter, open fracture, malunion',
  R: 'subsequent encounter, open fracture type III, malunion',
  S: 'sequela',
}
