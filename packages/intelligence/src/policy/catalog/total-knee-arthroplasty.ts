import type { Policy } from '../policy.ts'
import { functionalFreedom, functionalLimits } from '../vocabulary.ts'

/** For the joint, or at least not for something else that the note names. */
const medicines = [
  'nsaids?',
  'anti-?inflammator(?:y|ies)',
  'naproxen',
  'ibuprofen',
  'meloxicam',
  'diclofenac',
  'celecoxib',
  'celebrex',
  'mobic',
  'voltaren',
  'aleve',
  'advil',
  'motrin',
  'etodolac',
  'nabumetone',
  'acetaminophen',
  'tylenol',
  'tramadol',
  'duloxetine',
].map(
  (term) =>
    `${term}(?![^.;]{0,25}\\bfor (?:his |her |their )?(?:migraines?|headaches?|diabetic|fevers?|dental|menstrual|cramps)\\b)`,
)

/** Behind a term: it was for another joint. */
const here =
  '(?![^.;]{0,30}\\b(?:in|into|on|for|of|to) (?:the |his |her |their |a |left |right )*(?:shoulders?|hips?|(?:low |lower |upper )?back|neck|spine|lumbar|cervical|epidural|hands?|wrists?|thumbs?|foot|feet|ankles?|elbows?|trochant(?:er|eric))\\b)'

const therapies = [
  'physical therapy',
  'pt',
  'physiotherapy',
  'home exercises?(?: program)?',
  'hep',
  'aquatic therapy',
  'quad(?:riceps)? strengthening',
].map((term) => `${term}${here}`)

/** "Cortisone shots", "Synvisc series": the joint is named by the note's subject, so the side decides, not the word knee. */
const injections = [
  'injections? (?:in|into|of|to) (?:the |her |his |this |either )?(?:left |right |l |r )?knees?',
  '(?:cortisone|steroid|kenalog|ia|intra-?articular) injs?',
  'gel series',
  '(?:knee|joint|prior|previous|any) injections?',
  // Said of none: "no injections" alone, for insulin is injected too.
  '(?<=\\bno )injections?',
  '(?:cortico)?steroid injections?',
  'cortisone (?:injections?|shots?)',
  '(?:intra-?articular|kenalog|triamcinolone|depo-?medrol) injections?',
  'viscosupplementation',
  'gel (?:injections?|shots?)',
  'csis?',
  'hyaluronic acid(?: injections?)?',
  '(?:synvisc|euflexxa|orthovisc|monovisc|durolane|supartz)(?:-one)?',
].map((term) => `${term}${here}`)

const graded =
  '(?:kellgren[- ]?(?:and |& ?)?lawrence|k[-/]?l)(?: (?:grade|gr|stage|class|score))?:?(?:\\s|-)?'
/** "KL 2-3" is neither. */
const noMore = '(?!\\s?(?:-|–|/|to)\\s?[34i])'
const noInfection =
  '(?:no|without|w/o|denies)(?: any)?(?: (?:clinical )?(?:signs?|evidence|s/s|symptoms) of| current| active| local| systemic| known| ongoing| acute| overlying| recent)* (?:infections?|infxns?)(?! (?:control|risks?|prophylaxis|at (?:the time|that time)|after|following|since))'

/** What the patient could do before is not what is asked. */
const now =
  '(?<!\\b(?:plof|prior level of function|prior to|before|previously|formerly|used to|premorbid|baseline)\\b[^.;]{0,60})'

export const policy: Policy = {
  policyId: 'total-knee-arthroplasty',
  title: 'Total knee arthroplasty',
  version: '2026.1',
  effectiveFrom: '2020-01-01',
  procedureCodes: ['27447'],
  sources: {
    unicare: {
      document: 'UniCare CG-SURG-54: Elective Total Knee Arthroplasty',
      section: 'medically necessary: imaging, disabling pain, three months, daily living; tumor',
      date: '2018-08-29',
      url: 'https://www.unicare.com/medicalpolicies/guidelines/gl_pw_c187157.htm',
      basis: 'published',
      verified: { on: '2026-11-24', by: 'the clinical indications of the published page' },
    },
    bcbsal: {
      document: 'Blue Cross and Blue Shield of Alabama MP-705: Knee Arthroplasty',
      section: 'extensive damage; absence of active infection',
      date: '2024-01',
      url: 'https://al-policies.exploremyplan.com/portal/web/medical-policies/-/mp-705?print=1',
      basis: 'published',
      verified: { on: '2026-11-24', by: 'the indications of the published page, down to imaging' },
    },
    acr_aahks: {
      document: 'ACR and AAHKS guideline: timing of elective hip or knee arthroplasty',
      section: 'population: radiographic moderate-to-severe disease; no threshold of BMI',
      date: '2023',
      url: 'https://pubmed.ncbi.nlm.nih.gov/37743767/',
      basis: 'published',
      verified: {
        on: '2026-11-24',
        by: 'the abstract, and a summary of the recommendations; grades 3 and 4 are the moderate and the severe one',
      },
    },
    ours: {
      document: 'AuthScript default rule set',
      section:
        'two kinds of conservative care out of three; care of the last two years; infections noted in the last two months',
      date: '2026',
      basis: 'our_default',
    },
  },
  criteria: [
    {
      criterionId: 'knee_diagnosis',
      question: 'Is there a diagnosis of this knee that replacement treats?',
      missing:
        'the diagnosis of the knee with its side, on the order or the problem list (ICD-10-CM)',
      effort: 'document',
      sources: ['unicare'],
      coded: (['order_reasons', 'conditions'] as const).map((from) => ({
        from,
        side: 'of_order',
        codes: [
          {
            system: 'icd10cm',
            under: [
              'M17',
              'M05.06',
              'M05.26',
              'M05.36',
              'M05.46',
              'M05.56',
              'M05.66',
              'M05.76',
              'M05.86',
              'M06.06',
              'M06.86',
              'M08.06',
              'M12.56',
              'M36.2',
              // Osteonecrosis of the femur is left to the notes: the code does not say which end.
              'M87.06',
              'C40.2',
              'S72.4',
              'S82.1',
            ],
          },
        ],
        words: [
          '(?:osteo)?arthritis of (?:the )?(?:left |right |both )?knees?',
          '(?:osteo|rheumatoid |post-?traumatic )?arthritis,? (?:left |right )?knee',
          '(?:left |right |bilateral )?knee (?:osteo)?arthritis',
          'gonarthrosis',
        ],
        ...(from === 'conditions'
          ? {
              where:
                "verificationStatus.exists().not() or (verificationStatus in ('refuted' | 'entered-in-error')).not()",
            }
          : {}),
      })),
    },
    {
      criterionId: 'severe_imaging',
      question: 'Do radiographs show advanced disease (Kellgren-Lawrence 3 or 4, bone on bone)?',
      missing:
        'the radiographic grade of the knee: Kellgren-Lawrence, or the joint space that is left',
      effort: 'test',
      sources: ['acr_aahks', 'unicare'],
      notes: [
        {
          kind: 'finding',
          // A joint that was worn out last year is worn out today.
          when: 'ever',
          side: 'of_order',
          terms: [
            'bone[- ]on[- ]bone(?! (?:sensation|feeling|pain))',
            'severe (?:[a-z-]+ ){0,2}(?:oa|osteoarthritis|djd) (?:is seen |seen |noted )?on (?:x-?rays?|xrs?|radiographs|plain films|films)',
            '(?:severe|advanced) tricompartmental (?:oa|osteoarthritis|djd|disease|arthritis|degenerative)',
            'tricompartmental (?:bone[- ]on[- ]bone|joint[- ]space (?:loss|obliteration))',
            `${graded}(?:3|4|iii|iv|3-4|3/4|3 to 4)`,
            '(?:grade|stage) (?:3|4|iii|iv)(?: (?:osteo)?arthritis)? (?:kellgren|k-?l)',
            '(?:severe|marked|near[- ]complete|complete|advanced) (?:[a-z-]+ ){0,3}joint[- ]space (?:narrowing|loss)',
            '(?:complete|near[- ]complete|total) (?:loss|obliteration) of (?:the )?(?:[a-z-]+ ){0,2}joint space',
            'joint[- ]space (?:is )?(?:completely |nearly )?(?:obliterated|absent)',
            '(?:severe|advanced) (?:[a-z-]+ ){0,3}(?:degenerative|arthritic) changes',
          ],
          widerTerms: [
            'end[- ]stage (?:[a-z-]+ ){0,3}(?:osteo)?arthritis',
            'joint[- ]space narrowing',
          ],
          contraryTerms: [
            `${graded}(?:0|1|2|i|ii|1-2|1 to 2)${noMore}`,
            '(?:mild|minimal|early|slight) (?:[a-z-]+ ){0,3}(?:(?:osteo)?arthritis|degenerative changes?|arthritic changes?|joint[- ]space narrowing)',
            'joint[- ]spaces? (?:is |are |still |remains? |well[- ])*(?:preserved|maintained)',
            'no (?:significant |radiographic )?(?:arthritis|(?:arthritic|degenerative) changes?)',
            '(?:well[- ])?(?:preserved|maintained) joint[- ]spaces?',
          ],
        },
      ],
    },
    {
      criterionId: 'joint_destroyed',
      question:
        'Does imaging show osteonecrosis with collapse, or a fracture of the joint that healed badly or not at all?',
      missing: 'imaging of an osteonecrosis, a nonunion or a malunion at the knee',
      effort: 'test',
      sources: ['bcbsal'],
      notes: [
        {
          kind: 'finding',
          when: 'ever',
          side: 'of_order',
          terms: [
            '(?:osteonecrosis|avascular necrosis|avn|sonk)(?:(?!\\b(?:no|not|without|absent|hip|femoral head|humeral|shoulder|talus)\\b)[^.;]){0,80}? collapse',
            '(?:malunited|ununited|nonunited|non-united) (?:[a-z-]+ ){0,3}(?:plateau|femoral condyle|distal femur|proximal tibia)',
            'collapse of (?:the )?(?:[a-z]+ ){0,2}(?:femoral condyle|tibial plateau)',
            '(?:nonunion|non-union|malunion) of (?:the |a )?(?:[a-z-]+ ){0,3}(?:distal femur|femoral condyle|tibial plateau|proximal tibia)',
            '(?:distal femur|femoral condyle|tibial plateau|proximal tibia)(?: fracture)? (?:nonunion|non-union|malunion)',
          ],
          widerTerms: ['osteonecrosis', 'avascular necrosis', 'nonunion', 'malunion'],
          contraryTerms: [
            'no (?:evidence of )?(?:osteonecrosis|avascular necrosis|nonunion|malunion)',
            'fracture (?:is |has )?(?:well )?healed',
          ],
        },
      ],
    },
    {
      criterionId: 'limb_tumor',
      // A tumor that is operated on stands among the order's own reasons.
      silence: 'not_met',
      question: 'Is the replacement part of limb salvage for a tumor at this knee?',
      missing: 'the tumor of the distal femur or proximal tibia, if there is one',
      effort: 'document',
      sources: ['unicare', 'bcbsal'],
      coded: [
        {
          from: 'order_reasons',
          side: 'of_order',
          codes: [{ system: 'icd10cm', under: ['C40.2'] }],
        },
        {
          from: 'conditions',
          side: 'of_order',
          codes: [{ system: 'icd10cm', under: ['C40.2'] }],
          where: "clinicalStatus = 'active'",
        },
      ],
      notes: [
        {
          kind: 'finding',
          side: 'of_order',
          terms: [
            'limb[- ]salvage',
            '(?:osteosarcoma|chondrosarcoma|sarcoma|giant cell tumor|metasta(?:sis|ses|tic lesion)) (?:of|in|at) (?:the )?(?:left |right )?(?:distal femur|proximal tibia)(?![^.;]{0,40}\\b(?:excised|removed|in childhood|years ago|in (?:19|20)\\d\\d)\\b)',
            '(?:distal femur|distal femoral|proximal tibia|proximal tibial) (?:osteosarcoma|chondrosarcoma|sarcoma|metasta(?:sis|ses))',
          ],
          contraryTerms: [
            'no (?:evidence of )?(?:bone |lytic )?(?:tumor|malignancy|lesions?|mass)',
          ],
        },
      ],
    },
    {
      criterionId: 'functional_limitation',
      question: 'Does pain in this knee limit daily living (walking, stairs, rising, sleep, work)?',
      missing:
        'what the patient can no longer do because of the knee: walking distance, stairs, daily living',
      effort: 'document',
      sources: ['unicare', 'bcbsal'],
      notes: [
        {
          kind: 'finding',
          side: 'of_order',
          site: 'knee',
          terms: [
            '(?:unable|not able|no longer able|inability) to (?:walk|climb|kneel|squat|stand|rise|get up|do (?:household )?chores|work|sleep)',
            '(?:cannot|can not|can no longer|can only) (?:walk|climb|kneel|squat|stand|get up|go up)',
            '(?:difficulty|trouble) (?:with )?(?:walking|climbing|stairs|ambulating|ambulation|rising|getting (?:up|out)|standing|squatting|kneeling|adls?|activities of daily living)',
            '(?:limits?|limiting|limited|interferes? with|interfering with|impairs?|affecting|impacts?) (?:[a-z]+ ){0,4}(?:adls?|activities of daily living|daily activities|walking|ambulation|stairs|sleep|mobility|household chores)',
            '(?:walking|ambulation|walking tolerance) (?:is )?(?:limited|restricted) to',
            'walking tolerance (?:is |of )?(?:only |about |less than )*(?:one|two|half|[1-4])(?: city| a)? blocks?',
            'pain (?:with|during) (?:all |most )?(?:adls?|activities of daily living)',
            '(?:needs|requires|uses|ambulates with|walks with) (?:a |the )?(?:cane|walker|handrail|assistive device)',
            'wakes (?:him|her|them|the patient) (?:up )?(?:at night|from sleep)',
            ...functionalLimits,
            '(?:cannot|can not|can.t|unable to) (?:[a-z]+ ){1,5}(?:for )?(?:more|longer|further) than (?:an?|one|half|\\d+)(?: an| a)? (?:hours?|minutes?|mins?|blocks?|miles?)',
          ].map((term) => `${term}${here}`),
          contraryTerms: [
            ...functionalFreedom.map((term) => `${now}${term}`),
            `${now}(?:independent|independently) (?:with|in) (?:all )?(?:adls?|activities of daily living)`,
            '(?:no|without|denies any|denies) (?:functional )?(?:limitations?|difficulty with (?:adls?|stairs|walking))',
            '(?:walks|hikes|runs|jogs|plays) (?:[a-z0-9-]+ ){0,4}without (?:difficulty|pain|limitation)',
          ],
        },
      ],
    },
    {
      criterionId: 'three_months_care',
      question: 'Was conservative care of this knee tried for at least three months?',
      missing: 'how long medication, therapy, injections or a brace were tried, with dates',
      effort: 'treat',
      sources: ['unicare'],
      coded: [
        {
          from: 'procedures',
          about: 'therapy',
          codes: [
            {
              system: 'cpt',
              codes: ['97110', '97112', '97113', '97116', '97140', '97530', '20610', '20611'],
            },
          ],
          where: "status.exists().not() or status = 'completed' or status = 'in-progress'",
          side: 'of_order',
          lasting: { value: 3, unit: 'months', source: 'unicare' },
          within: { value: 2, unit: 'years', source: 'ours' },
        },
      ],
      notes: [
        {
          kind: 'done',
          about: 'medicine',
          // A year of naproxen for the other side says nothing of this one.
          side: 'of_order',
          lasting: { value: 3, unit: 'months', source: 'unicare' },
          within: { value: 2, unit: 'years', source: 'ours' },
          terms: medicines,
          widerTerms: ['medications?'],
        },
        {
          kind: 'done',
          about: 'therapy',
          side: 'of_order',
          site: 'knee',
          lasting: { value: 3, unit: 'months', source: 'unicare' },
          within: { value: 2, unit: 'years', source: 'ours' },
          terms: therapies,
          widerTerms: ['therapy', 'exercises?'],
        },
        {
          kind: 'done',
          about: 'other care',
          side: 'of_order',
          lasting: { value: 3, unit: 'months', source: 'unicare' },
          within: { value: 2, unit: 'years', source: 'ours' },
          terms: [
            'conservative (?:care|therapy|treatment|tx|management|mgmt|measures)',
            'non-?(?:operative|surgical|op) (?:care|therapy|treatment|tx|management|mgmt|measures)',
            '(?:treatment|tx|care) (?:in all|in total|to date|so far)',
            'activity modification',
            '(?:unloader |hinged |knee )?brac(?:e|ing)',
          ],
        },
      ],
    },
    {
      criterionId: 'medication_trial',
      question: 'Were an NSAID or another analgesic tried?',
      missing: 'which pain medicine was tried, or why none can be taken',
      effort: 'document',
      sources: ['acr_aahks'],
      coded: [
        {
          from: 'medications',
          words: medicines,
          where:
            "status.exists().not() or (status in ('cancelled' | 'draft' | 'entered-in-error')).not()",
          within: { value: 2, unit: 'years', source: 'ours' },
        },
      ],
      notes: [
        {
          kind: 'done',
          within: { value: 2, unit: 'years', source: 'ours' },
          terms: [...medicines, 'analgesics?'],
          widerTerms: ['pain (?:medications?|relievers?)', 'over[- ]the[- ]counter'],
        },
        {
          kind: 'finding',
          // Who tells what it does has taken it.
          terms: medicines.map(
            (term) =>
              `${term} (?:(?:only|barely|hardly|just|no longer|sometimes|partially) )*(?:takes the edge off|helps|is not helping|does not help|doesn't help|provides (?:little|some|minimal|partial|no) relief)`,
          ),
        },
      ],
    },
    {
      criterionId: 'active_therapy',
      question: 'Was physical therapy or a program of home exercise done for this knee?',
      missing: 'the dates of physical therapy or home exercise',
      effort: 'treat',
      sources: ['acr_aahks'],
      coded: [
        {
          from: 'procedures',
          codes: [{ system: 'cpt', codes: ['97110', '97112', '97113', '97116', '97140', '97530'] }],
          where: "status.exists().not() or status = 'completed' or status = 'in-progress'",
          side: 'of_order',
          within: { value: 2, unit: 'years', source: 'ours' },
        },
      ],
      notes: [
        {
          kind: 'done',
          side: 'of_order',
          site: 'knee',
          within: { value: 2, unit: 'years', source: 'ours' },
          terms: therapies,
          widerTerms: ['therapy', 'exercises?', 'rehab(?:ilitation)?'],
        },
      ],
    },
    {
      criterionId: 'injection_or_brace',
      question: 'Was this knee injected or braced?',
      missing: 'the dates of injections into the knee, or the brace that was worn',
      effort: 'treat',
      sources: ['acr_aahks'],
      coded: [
        {
          from: 'procedures',
          codes: [{ system: 'cpt', codes: ['20610', '20611'] }],
          where: "status.exists().not() or status = 'completed'",
          side: 'of_order',
          within: { value: 2, unit: 'years', source: 'ours' },
        },
      ],
      notes: [
        {
          kind: 'done',
          side: 'of_order',
          within: { value: 2, unit: 'years', source: 'ours' },
          terms: [...injections, '(?:unloader|hinged)(?: knee)? brace', 'knee brace'],
          widerTerms: ['injections?', 'brac(?:e|ing)'],
        },
      ],
    },
    {
      criterionId: 'active_infection',
      question: 'Is there an active infection of the joint, the skin over it, or the whole body?',
      missing: 'a line on infection: fever, the skin over the knee, any infection under treatment',
      effort: 'examine',
      sources: ['bcbsal'],
      coded: [
        {
          from: 'conditions',
          about: 'listed',
          codes: [
            {
              system: 'icd10cm',
              under: ['M00', 'M86', 'A40', 'A41', 'R78.81', 'L03.115', 'L03.116', 'T84.5'],
            },
          ],
          where: "clinicalStatus = 'active'",
          within: { value: 60, unit: 'days', source: 'ours' },
        },
      ],
      notes: [
        {
          // What the note says of infection as such speaks to the problem list too.
          kind: 'finding',
          about: 'listed',
          terms: ['(?:active|ongoing|current) (?:joint |hip |knee |skin )?(?:infections?|infxns?)'],
          contraryTerms: [
            noInfection,
            'free of infection',
            'infection (?:is |was |has been )?(?:excluded|ruled out)',
          ],
        },
        {
          kind: 'finding',
          about: 'joint',
          terms: [
            '(?<!\\b(?:history of|hx of|h/o|prior|previous|remote|past|resolved|treated) (?:[a-z]+ ){0,2})septic (?:arthritis|joint|knee)',
            '(?<!\\b(?:history of|hx of|h/o|prior|previous|remote|past|resolved|treated) (?:[a-z]+ ){0,2})osteomyelitis',
            '(?:joint|periprosthetic) (?:infection|infxn)',
            'infected (?:joint|knee)',
          ],
        },
        {
          kind: 'finding',
          about: 'skin',
          terms: [
            '(?<!\\b(?:history of|hx of|h/o|prior|previous|remote|past|resolved|treated) (?:[a-z]+ ){0,2})cellulitis',
            '(?:skin|wound) infection',
            '(?:open|draining|infected) (?:wound|ulcer|sore)s?',
          ],
          contraryTerms: [
            'skin (?:is |over (?:the )?(?:left |right )?knee (?:is )?)?(?:clean(?:,? and)? )?intact',
            'no (?:overlying )?(?:erythema|warmth|redness|skin lesions?)',
          ],
        },
        {
          kind: 'finding',
          about: 'system',
          terms: [
            '(?<!\\b(?:history of|hx of|h/o|prior|previous|remote|past|resolved|treated) (?:[a-z]+ ){0,2})bacteremia',
            '(?<!\\b(?:history of|hx of|h/o|prior|previous|remote|past|resolved|treated) (?:[a-z]+ ){0,2})sepsis',
            '(?:active|systemic|ongoing|current|recent|local) infections?',
            '(?:signs?(?:(?: or | and |/)symptoms?)?|s/s|evidence) of (?:an? )?(?:active )?infections?',
          ],
          contraryTerms: ['afebrile'],
        },
      ],
    },
  ],
  always: {
    all: [{ criterion: 'knee_diagnosis' }, { unless: { criterion: 'active_infection' } }],
  },
  pathways: [
    {
      pathwayId: 'arthritis',
      label: 'Advanced arthritis after conservative care',
      rule: {
        all: [
          { criterion: 'severe_imaging' },
          { criterion: 'functional_limitation' },
          { criterion: 'three_months_care' },
          {
            atLeast: 2,
            of: [
              { criterion: 'medication_trial' },
              { criterion: 'active_therapy' },
              { criterion: 'injection_or_brace' },
            ],
            source: 'ours',
          },
        ],
      },
    },
    {
      pathwayId: 'destroyed_joint',
      label: 'Osteonecrosis, nonunion or malunion at the knee',
      rule: { all: [{ criterion: 'joint_destroyed' }, { criterion: 'functional_limitation' }] },
    },
    {
      pathwayId: 'tumor',
      label: 'Limb salvage for a tumor',
      rule: { criterion: 'limb_tumor' },
    },
  ],
}
