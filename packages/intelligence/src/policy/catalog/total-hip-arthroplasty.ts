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
  '(?![^.;]{0,30}\\b(?:in|into|on|for|of|to) (?:the |his |her |their |a |left |right )*(?:shoulders?|knees?|(?:low |lower |upper )?back|neck|spine|lumbar|cervical|epidural|hands?|wrists?|thumbs?|foot|feet|ankles?|elbows?)\\b)'

const therapies = [
  'physical therapy',
  'pt',
  'physiotherapy',
  'home exercises?(?: program)?',
  'hep',
  'aquatic therapy',
  'hip strengthening',
].map((term) => `${term}${here}`)

const graded =
  '(?:kellgren[- ]?(?:and |& ?)?lawrence|k[-/]?l)(?: (?:grade|gr|stage|class|score))?:?(?:\\s|-)?'
/** "KL 2-3" is neither. */
const noMore = '(?!\\s?(?:-|–|/|to)\\s?[34i])'
const noInfection =
  '(?:no|without|w/o|denies)(?: any)?(?: (?:clinical )?(?:signs?|evidence|s/s|symptoms) of| current| active| local| systemic| known| ongoing| acute| overlying| recent)* (?:infections?|infxns?)(?! (?:control|risks?|prophylaxis|at (?:the time|that time)|after|following|since))'
const notOld = '(?<!\\b(?:old|remote|prior|previous|history of|healed)\\b[^.;]{0,40})'
const notHealed = '(?![^.;]{0,40}\\b(?:healed|years ago|in (?:19|20)\\d\\d)\\b)'
const tonnis = 't(?:o|ö)nnis(?: (?:grade|class))?'

/** What the patient could do before is not what is asked. */
const now =
  '(?<!\\b(?:plof|prior level of function|prior to|before|previously|formerly|used to|premorbid|baseline)\\b[^.;]{0,60})'

export const policy: Policy = {
  policyId: 'total-hip-arthroplasty',
  title: 'Total hip arthroplasty',
  version: '2026.1',
  effectiveFrom: '2020-01-01',
  procedureCodes: ['27130'],
  sources: {
    unicare: {
      document: 'UniCare CG-SURG-53: Elective Total Hip Arthroplasty',
      section:
        'medically necessary: arthritis after three months; failed fracture surgery; osteonecrosis',
      date: '2017-12-27',
      url: 'https://www.unicare.com/medicalpolicies/guidelines/gl_pw_c187156.htm',
      basis: 'published',
      verified: { on: '2026-11-24', by: 'the clinical indications of the published page' },
    },
    acr_aahks: {
      document: 'ACR and AAHKS guideline: timing of elective hip or knee arthroplasty',
      section:
        'population: radiographic moderate-to-severe disease, advanced osteonecrosis; no threshold of BMI',
      date: '2023',
      url: 'https://pubmed.ncbi.nlm.nih.gov/37743767/',
      basis: 'published',
      verified: {
        on: '2026-11-24',
        by: 'the abstract, and a summary of the recommendations; grades 3 and 4 are the moderate and the severe one',
      },
    },
    aaos_fracture: {
      document: 'AAOS: Management of Hip Fractures in the Elderly',
      section: 'displaced femoral neck fractures: arthroplasty rather than fixation, strong',
      date: '2014',
      url: 'https://www.orthoguidelines.org/guideline-detail?id=1271',
      basis: 'published',
      verified: {
        on: '2026-11-24',
        by: 'the recommendation with its rationale (Garden III and IV)',
      },
    },
    ours: {
      document: 'AuthScript default rule set',
      section:
        'conservative care of the past year; a fracture is fresh for thirty days; infections noted in the last two months',
      date: '2026',
      basis: 'our_default',
    },
  },
  criteria: [
    {
      criterionId: 'hip_diagnosis',
      question: 'Is there a diagnosis of this hip that replacement treats?',
      missing:
        'the diagnosis of the hip with its side, on the order or the problem list (ICD-10-CM)',
      effort: 'document',
      sources: ['unicare'],
      coded: (['order_reasons', 'conditions'] as const).map((from) => ({
        from,
        side: 'of_order',
        codes: [
          {
            system: 'icd10cm',
            under: [
              'M16',
              'M05.05',
              'M05.25',
              'M05.35',
              'M05.45',
              'M05.55',
              'M05.65',
              'M05.75',
              'M05.85',
              'M06.05',
              'M06.85',
              'M08.05',
              'M12.55',
              // Femur: the femoral head has no code of its own, and here it is what the code nearly always means.
              'M87.05',
              'M87.15',
              'M87.25',
              'M87.35',
              'M87.85',
              'S72.0',
              'M84.45',
              'C40.2',
            ],
          },
        ],
        words: [
          '(?:osteo)?arthritis of (?:the )?(?:left |right |both )?hips?',
          '(?:left |right |bilateral )?hip (?:osteo)?arthritis',
          'coxarthrosis',
          '(?:avascular necrosis|osteonecrosis) of (?:the )?(?:left |right )?(?:hip|femoral head)',
          'femoral neck fracture',
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
      question:
        'Do radiographs show advanced disease (Kellgren-Lawrence 3 or 4, Tonnis 2 or 3, bone on bone)?',
      missing:
        'the radiographic grade of the hip: Kellgren-Lawrence, Tonnis, or the joint space left',
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
            `${graded}(?:3|4|iii|iv|3-4|3/4|3 to 4)`,
            `${tonnis}:? (?:2|3|ii|iii|2-3|2 to 3)`,
            '(?:severe|marked|near[- ]complete|complete|advanced) (?:[a-z-]+ ){0,3}joint[- ]space (?:narrowing|loss)',
            '(?:complete|near[- ]complete|total) (?:loss|obliteration) of (?:the )?(?:[a-z-]+ ){0,2}joint space',
            '(?:severe|advanced) (?:[a-z-]+ ){0,3}(?:degenerative|arthritic) changes',
          ],
          widerTerms: [
            'end[- ]stage (?:[a-z-]+ ){0,3}(?:osteo)?arthritis',
            'joint[- ]space narrowing',
          ],
          contraryTerms: [
            `${graded}(?:0|1|2|i|ii|1-2|1 to 2)${noMore}`,
            `${tonnis}:? (?:0|1|i|0-1)`,
            '(?:mild|minimal|early|slight) (?:[a-z-]+ ){0,3}(?:(?:osteo)?arthritis|degenerative changes?|arthritic changes?|joint[- ]space narrowing)',
            'joint[- ]spaces? (?:is |are |still |remains? |well[- ])*(?:preserved|maintained)',
            'no (?:significant |radiographic )?(?:arthritis|(?:arthritic|degenerative) changes?)',
            '(?:well[- ])?(?:preserved|maintained) joint[- ]spaces?',
          ],
        },
      ],
    },
    {
      criterionId: 'osteonecrosis_collapse',
      question: 'Does imaging show osteonecrosis of the femoral head with collapse or later?',
      missing: 'the stage of the osteonecrosis on imaging, and whether the head has collapsed',
      effort: 'test',
      sources: ['unicare', 'acr_aahks'],
      notes: [
        {
          kind: 'finding',
          when: 'ever',
          side: 'of_order',
          terms: [
            '(?:osteonecrosis|avascular necrosis|avn)(?:(?!\\b(?:no|not|without|absent)\\b)[^.;]){0,80}? collapse',
            'collapse of (?:the )?(?:left |right )?femoral head',
            'femoral head collapse',
            '(?:subchondral|segmental|articular) collapse',
            'crescent sign',
            '(?:ficat|arco|steinberg)(?: (?:and arlet|stage|class|grade))* (?:3[a-c]?|4|iii[a-c]?|iv)',
          ],
          widerTerms: ['osteonecrosis', 'avascular necrosis', 'avn'],
          contraryTerms: [
            '(?:no|without) (?:evidence of )?(?:femoral head |subchondral |articular )?collapse',
            'no (?:evidence of )?(?:osteonecrosis|avascular necrosis|avn)',
            '(?:ficat|arco|steinberg)(?: (?:and arlet|stage|class|grade))* (?:0|1|2[a-c]?|i|ii[a-c]?)',
            'femoral head (?:is |remains )?(?:spherical|round)',
          ],
        },
      ],
    },
    {
      criterionId: 'neck_fracture',
      question: 'Is there a fresh displaced fracture of the femoral neck?',
      missing: 'the fracture of the femoral neck with its displacement (Garden grade)',
      effort: 'test',
      sources: ['aaos_fracture'],
      notes: [
        {
          kind: 'finding',
          side: 'of_order',
          terms: [
            `${notOld}(?<!non-?)(?<!un)displaced (?:[a-z-]+ ){0,3}(?:femoral neck|subcapital) fracture${notHealed}`,
            `${notOld}(?:femoral neck|subcapital) fracture[^.;]{0,30}?(?:which is displaced|with displacement)${notHealed}`,
            `${notOld}garden (?:type |grade |stage )?(?:iii|iv|3|4)${notHealed}`,
          ],
          widerTerms: ['femoral neck fracture', 'hip fracture'],
          contraryTerms: [
            'no (?:acute |displaced )?(?:fractures?|fxs?|fracture or dislocation|osseous abnormality)',
            '(?:non-?displaced|undisplaced|impacted) (?:[a-z-]+ ){0,3}(?:femoral neck|subcapital) fracture',
            'garden (?:type |grade |stage )?(?:i|ii|1|2)',
          ],
        },
      ],
    },
    {
      criterionId: 'failed_fixation',
      question: 'Has earlier surgery for a fracture of this hip failed?',
      missing:
        'the earlier fracture surgery and how it failed: nonunion, cut-out, loss of fixation',
      effort: 'test',
      sources: ['unicare'],
      notes: [
        {
          kind: 'finding',
          when: 'ever',
          side: 'of_order',
          terms: [
            'failed (?:[a-z-]+ ){0,3}(?:fixation|orif|pinning|hardware|osteosynthesis)',
            'failure of (?:the )?(?:[a-z-]+ ){0,3}(?:fixation|hardware|implant)',
            '(?:screw|lag screw|hardware|blade) cut-?out',
            'loss of fixation',
            '(?:femoral neck|intertrochanteric|hip)(?: fracture)? (?:nonunion|non-union)',
            '(?:nonunion|non-union) of (?:the )?(?:left |right )?(?:femoral neck|hip|intertrochanteric)',
          ],
          contraryTerms: [
            'no (?:prior|previous|history of|hx of|h/o) (?:left |right |l |r )?(?:hip )?(?:surgery|surgeries|fractures?|fx|orif)',
            'no (?:surgery|operation) (?:has )?(?:ever )?(?:been )?(?:done|performed) on (?:the |this |that )?(?:left |right )?hip',
            'hip (?:has |was )?never (?:been )?(?:operated on|fractured|fixed|pinned)',
            'never had (?:any )?(?:surgery|an operation) (?:on|of) (?:the |this |that )?(?:left |right )?hip',
            'hardware (?:is )?(?:intact|in good position|well[- ]positioned)',
          ],
        },
      ],
    },
    {
      criterionId: 'functional_limitation',
      question: 'Does pain in this hip limit daily living (walking, stairs, shoes, sleep, work)?',
      missing:
        'what the patient can no longer do because of the hip: walking distance, stairs, shoes',
      effort: 'document',
      sources: ['unicare'],
      notes: [
        {
          kind: 'finding',
          side: 'of_order',
          site: 'hip',
          terms: [
            '(?:unable|not able|no longer able|inability) to (?:walk|climb|bear weight|squat|stand|rise|get up|put on|tie|do (?:household )?chores|work|sleep)',
            '(?:cannot|can not|can no longer|can only) (?:walk|climb|bear weight|squat|stand|get up|put on|tie|go up)',
            '(?:difficulty|trouble) (?:with )?(?:walking|climbing|stairs|ambulating|ambulation|rising|getting (?:up|out|in)|standing|squatting|putting on|donning|adls?|activities of daily living)',
            '(?:limits?|limiting|limited|interferes? with|interfering with|impairs?|affecting|impacts?) (?:[a-z]+ ){0,4}(?:adls?|activities of daily living|daily activities|walking|ambulation|stairs|sleep|mobility|household chores)',
            '(?:walking|ambulation|walking tolerance) (?:is )?(?:limited|restricted) to',
            'walking tolerance (?:is |of )?(?:only |about |less than )*(?:one|two|half|[1-4])(?: city| a)? blocks?',
            'pain (?:with|during) (?:all |most )?(?:adls?|activities of daily living)',
            '(?:needs|requires|uses|ambulates with|walks with) (?:a |the )?(?:cane|walker|handrail|assistive device|crutches)',
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
      question: 'Was conservative care of this hip tried for at least three months?',
      missing: 'how long medication, therapy or injections were tried, with dates',
      effort: 'treat',
      sources: ['unicare'],
      coded: [
        {
          from: 'procedures',
          about: 'therapy',
          codes: [{ system: 'cpt', codes: ['97110', '97112', '97113', '97116', '97140', '97530'] }],
          where: "status.exists().not() or status = 'completed' or status = 'in-progress'",
          side: 'of_order',
          lasting: { value: 3, unit: 'months', source: 'unicare' },
        },
      ],
      notes: [
        {
          kind: 'done',
          about: 'medicine',
          // A year of naproxen for the other side says nothing of this one.
          side: 'of_order',
          lasting: { value: 3, unit: 'months', source: 'unicare' },
          terms: medicines,
          widerTerms: ['medications?'],
        },
        {
          kind: 'done',
          about: 'therapy',
          side: 'of_order',
          site: 'hip',
          lasting: { value: 3, unit: 'months', source: 'unicare' },
          terms: therapies,
          widerTerms: ['therapy', 'exercises?'],
        },
        {
          kind: 'done',
          about: 'other care',
          side: 'of_order',
          lasting: { value: 3, unit: 'months', source: 'unicare' },
          terms: [
            'conservative (?:care|therapy|treatment|tx|management|mgmt|measures)',
            'non-?(?:operative|surgical|op) (?:care|therapy|treatment|tx|management|mgmt|measures)',
            '(?:treatment|tx|care) (?:in all|in total|to date|so far)',
            'activity modification',
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
        },
      ],
      notes: [
        {
          kind: 'done',
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
      question: 'Was physical therapy or a program of home exercise done for this hip?',
      missing: 'the dates of physical therapy or home exercise',
      effort: 'treat',
      sources: ['acr_aahks'],
      coded: [
        {
          from: 'procedures',
          codes: [{ system: 'cpt', codes: ['97110', '97112', '97113', '97116', '97140', '97530'] }],
          where: "status.exists().not() or status = 'completed' or status = 'in-progress'",
          side: 'of_order',
        },
      ],
      notes: [
        {
          kind: 'done',
          side: 'of_order',
          site: 'hip',
          terms: therapies,
          widerTerms: ['therapy', 'exercises?', 'rehab(?:ilitation)?'],
        },
      ],
    },
    {
      criterionId: 'active_infection',
      question: 'Is there an active infection of the joint, the skin over it, or the whole body?',
      missing: 'a line on infection: fever, the skin over the hip, any infection under treatment',
      effort: 'examine',
      sources: ['unicare'],
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
            '(?<!\\b(?:history of|hx of|h/o|prior|previous|remote|past|resolved|treated) (?:[a-z]+ ){0,2})septic (?:arthritis|joint|hip)',
            '(?<!\\b(?:history of|hx of|h/o|prior|previous|remote|past|resolved|treated) (?:[a-z]+ ){0,2})osteomyelitis',
            '(?:joint|periprosthetic) (?:infection|infxn)',
            'infected (?:joint|hip)',
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
            'skin (?:is |over (?:the )?(?:left |right )?hip (?:is )?)?(?:clean(?:,? and)? )?intact',
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
    all: [{ criterion: 'hip_diagnosis' }, { unless: { criterion: 'active_infection' } }],
  },
  pathways: [
    {
      pathwayId: 'arthritis',
      label: 'Advanced arthritis after conservative care',
      rule: {
        all: [
          { criterion: 'severe_imaging' },
          { criterion: 'functional_limitation' },
          {
            criterion: 'three_months_care',
            within: { value: 1, unit: 'years', source: 'ours' },
          },
          { criterion: 'medication_trial' },
          { criterion: 'active_therapy' },
        ],
      },
    },
    {
      pathwayId: 'osteonecrosis',
      label: 'Osteonecrosis with collapse of the head',
      rule: {
        all: [{ criterion: 'osteonecrosis_collapse' }, { criterion: 'functional_limitation' }],
      },
    },
    {
      pathwayId: 'fracture',
      label: 'Displaced fracture of the femoral neck',
      rule: {
        criterion: 'neck_fracture',
        within: { value: 30, unit: 'days', source: 'ours' },
      },
    },
    {
      pathwayId: 'failed_fixation',
      label: 'Failed surgery for a hip fracture',
      rule: {
        all: [{ criterion: 'failed_fixation' }, { criterion: 'functional_limitation' }],
      },
    },
  ],
}
