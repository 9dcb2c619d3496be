import type { CueRow } from '../cue.ts'
import { cueList } from './cue-list.ts'

const relatives = cueList(`
  mother | father | mom | dad | parent | parents | sister | brother | sibling | siblings | grandmother |
  grandfather | grandparent | grandma | grandpa | aunt | uncle | cousin | niece | nephew | son | daughter |
  child | children | twin | relative | relatives | half - brother | half - sister | stepfather |
  stepmother | mgm | pgm | mgf | pgf
`)
const others = cueList(`
  wife | husband | spouse | partner | boyfriend | girlfriend | fiance | friend | roommate | coworker |
  co - worker | colleague | neighbor | caregiver | caretaker | donor | organ donor | kidney donor | pet |
  dog | cat | boss | classmate | teammate | housemate | household member | household contact |
  close contact | sick contact | family member | family members | in - laws | mother - in - law |
  father - in - law | another patient | other patient | baby | fetus | newborn | ex - husband | ex - wife |
  mil | fil
`)
const persons = [...relatives, ...others]

/** Someone who reports, helps or is present, but does not have the condition. */
const reportingVerbs = cueList(`
  reports | reported | states | stated | says | said | notes | noted | noticed | notices | describes |
  tells | told | confirms | adds | present | is present | was present | here | is here | accompanies |
  accompanied | brought | drove | helps | assists | witnessed | observed | saw | thinks | believes |
  worries | is concerned | feels | gives | provides | has noticed | has seen | has observed | at bedside |
  interprets | does | who reports | who states | who says | who notes | and patient | had noticed |
  has to help | must help | has to | called | calls | asks | wants
`)
const beside = cueList(`
  with | by | from | per | according to | lives with | accompanied by | brought by | brought in by |
  here with | witnessed by | observed by | reported by | noted by | help from | help of | assistance from |
  assistance of | cares for | caring for | carrying | lifting | holding | helping | and | to
`)
const owners = ['', 'his ', 'her ', 'their ', 'the ', 'a ', 'my ', 'patient ']

/** About another person. */
export const personRows: readonly CueRow[] = [
  {
    id: 'person',
    category: 'other',
    direction: 'before',
    cues: [
      ...persons,
      ...persons.flatMap((person) =>
        ['who had', 'who has', 'who was', 'who is', 'that had', 'that has', 'whose'].flatMap(
          (verb) => [
            `${person} ${verb}`,
            ...['with', 'by', 'from', 'for', 'to'].flatMap((word) => [
              `${word} ${person} ${verb}`,
              `${word} his ${person} ${verb}`,
              `${word} her ${person} ${verb}`,
              `${word} a ${person} ${verb}`,
            ]),
          ],
        ),
      ),
      ...cueList(`
      family history | family hx | family history of | family hx of | fam hx | famhx | fhx | fh |
      fam history | family medical history | family | runs in the family | maternal | paternal |
      maternal aunt | strong family history of | fh of | fh :
    `),
    ],
    holds: 'His neighbor was treated for «multiple myeloma».',
    fails: 'His wife reports that he has «multiple myeloma».',
  },
  {
    id: 'person_after',
    category: 'other',
    direction: 'after',
    cues: [
      ...persons.flatMap((person) => [
        `( ${person}`,
        `- ${person}`,
        `: ${person}`,
        ...['', 'his ', 'her ', 'the ', 'a ', 'patient '].map((owner) => `in ${owner}${person}`),
        `of ${person}`,
        `of his ${person}`,
        `of her ${person}`,
        `in his maternal ${person}`,
        `in her maternal ${person}`,
        `in maternal ${person}`,
        `in paternal ${person}`,
        `( maternal ${person}`,
        `( paternal ${person}`,
        `in a maternal ${person}`,
        `in a paternal ${person}`,
      ]),
      ...cueList(`
      in the family | in family | runs in the family | runs in her family | runs in his family |
      in his family | in her family | on the maternal side | on the paternal side | on mother side |
      on father side
    `),
    ],
    scope: { reach: 8, ends: ['stop', 'contrast'] },
    holds: '«Breast cancer» in her mother.',
    fails: '«Breast cancer», her mother is with her.',
  },
]

/** Persons who only report, and phrases such as "lives with". */
export const pseudoPersonRows: readonly CueRow[] = [
  {
    id: 'reporter',
    category: 'pseudo',
    direction: 'before',
    cues: [
      ...persons.flatMap((person) => reportingVerbs.map((verb) => `${person} ${verb}`)),
      ...persons.flatMap((person) =>
        beside.flatMap((word) => owners.map((owner) => `${word} ${owner}${person}`)),
      ),
      ...cueList(`
        family reports | family states | family notes | per family | family says | family practice |
        family medicine | family physician | family doctor | family meeting | family at bedside |
        family is concerned | with family | family room | lives with family | family noticed | child pugh |
        child - pugh | as a child | parent company | cat scan | pet ct | pet scan | pet - ct | when a child
      `),
    ],
    holds: 'Per his wife, he has «foot drop».',
    fails: 'His wife has «foot drop».',
  },
]
