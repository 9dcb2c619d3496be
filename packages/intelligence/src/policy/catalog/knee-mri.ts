import type { Policy } from '../policy.ts'

const mriCodes = ['73721', '73722', '73723']

/** A treatment or a film of another part of the body is not of the knee. */
const part =
  '(?:back|spine|lumbar|cervical|neck|shoulder|elbow|wrist|hand|hip|pelvis|pelvic floor|ankle|foot|chest)'
const notOfAnotherPart = `(?! (?:for|of|to) (?:(?:the|his|her|their|right|left|both|low|lower|upper) )*${part})`

/** What the joint is examined for; the side is asked of each sentence. */
const ofOrder = { side: 'of_order' } as const

export const policy: Policy = {
  policyId: 'knee-mri',
  title: 'MRI of a knee',
  version: '2026.1',
  effectiveFrom: '2020-01-01',
  procedureCodes: mriCodes,
  sources: {
    acr_chronic: {
      document: 'ACR Appropriateness Criteria: Chronic Knee Pain',
      section: 'Variants 1 and 2: radiographs first, then MRI without contrast',
      date: '2018',
      url: 'https://acsearch.acr.org/docs/69432/Narrative/',
      basis: 'published',
      verified: {
        on: '2026-11-24',
        by: 'the rating tables of variants 1 and 2 of the 2018 revision (copy at docslib.org/doc/786810)',
      },
    },
    acr_trauma: {
      document: 'ACR Appropriateness Criteria: Acute Trauma to the Knee',
      section: 'Variants 1 to 3: radiographs first, MRI for suspected internal derangement',
      date: '2019',
      url: 'https://acsearch.acr.org/docs/69419/Narrative/',
      basis: 'published',
      verified: {
        on: '2026-11-24',
        by: 'variants 1 and 2 of the 2019 revision (docslib.org/doc/973079), variant 3 of 2014 (studylib.net/doc/8125578), the abstract of 2020',
      },
    },
    ebi: {
      document: 'Academy of Medical Royal Colleges, EBI: Knee MRI for suspected meniscal tears',
      section: 'recommendation: persistent mechanical symptoms, a locked knee',
      date: '2024-09',
      url: 'https://ebi.aomrc.org.uk/interventions/knee-mri-for-suspected-meniscal-tears/',
      basis: 'published',
      verified: { on: '2026-11-24', by: 'the summary and the recommendation' },
    },
    aafp: {
      document: 'American Family Physician: Appropriate Use of MRI for Evaluating Knee Pain',
      section: 'four to six weeks of conservative care before MRI',
      date: '2012-02-01',
      url: 'https://www.aafp.org/pubs/afp/issues/2012/0201/p221.html',
      basis: 'published',
      verified: { on: '2026-11-24', by: 'the editorial' },
    },
    ours: {
      document: 'AuthScript default rule set',
      section:
        'how old films and failed care may be (half a year), when a study is a duplicate (a year), how many signs make a suspicion (two)',
      date: '2026',
      basis: 'our_default',
    },
  },
  criteria: [
    {
      criterionId: 'knee_diagnosis',
      question: 'Is there a diagnosis of the knee that the study is to explain?',
      missing: 'a diagnosis of this knee on the order or the problem list (ICD-10-CM)',
      effort: 'document',
      sources: ['acr_chronic', 'acr_trauma'],
      coded: (['order_reasons', 'conditions'] as const).map((from) => ({
        from,
        codes: [
          {
            system: 'icd10cm',
            under: [
              'M17',
              'M22',
              'M23',
              'M25.06',
              'M25.36',
              'M25.46',
              'M25.56',
              'M25.66',
              'M93.26',
              'S80.0',
              'S83',
            ],
          },
        ],
        words: ['knee', 'menisc', 'cruciate', 'patell'],
        ...(from === 'conditions' ? ofOrder : {}),
      })),
    },
    {
      criterionId: 'knee_radiograph',
      question: 'Were radiographs of this knee taken in the last six months?',
      missing: 'the date and result of radiographs of this knee',
      effort: 'test',
      sources: ['acr_chronic', 'acr_trauma', 'ours'],
      coded: [
        {
          from: 'procedures',
          codes: [{ system: 'cpt', codes: ['73560', '73562', '73564', '73565'] }],
          words: ['x-?rays? (?:of )?(?:the )?(?:right |left |both |bilateral )?knees?'],
          where: "status.exists().not() or status = 'completed'",
          within: { value: 6, unit: 'months', source: 'ours' },
          ...ofOrder,
        },
      ],
      notes: [
        {
          kind: 'done',
          terms: [
            `(?:plain |weight-?bearing |knee )?(?<!${part} )(?:x-?rays?|radiographs?|plain films?|xr)${notOfAnotherPart}`,
            'three[- ]view films?(?: of the (?:right |left )?knee)?',
          ],
          widerTerms: ['films?', 'imaging'],
          within: { value: 6, unit: 'months', source: 'ours' },
          ...ofOrder,
        },
        // Films of the visit itself: the note gives their result instead of a date. The result is part of the term, for "are normal" denies what stands before it.
        {
          kind: 'finding',
          terms: [
            '(?:x-?rays?|radiographs?|plain films?)(?: of)?(?: the)?(?: (?:right|left))?(?: knee)?(?: (?:were|was|are))?(?: (?:obtained|taken|done|performed|reviewed))?(?: in (?:the )?(?:office|clinic))? today(?![^.;]{0,40} (?:hand|wrist|elbow|shoulder|hip|ankle|foot|spine|back|chest))(?: (?:are|were|is|was) (?:all )?(?:normal|unremarkable|negative))?',
          ],
          ...ofOrder,
        },
      ],
    },
    {
      criterionId: 'recent_knee_mri',
      question: 'Was the same knee imaged by MRI within the last twelve months?',
      missing: 'the date and result of any MRI of this knee of the last year',
      effort: 'document',
      sources: ['ours'],
      silence: 'not_met',
      coded: [
        {
          from: 'procedures',
          codes: [{ system: 'cpt', codes: mriCodes }],
          where: "status.exists().not() or status = 'completed'",
          within: { value: 12, unit: 'months', source: 'ours' },
          ...ofOrder,
        },
      ],
    },
    {
      criterionId: 'acute_injury',
      question: 'Did the complaint begin with an acute injury of this knee?',
      missing: 'how the complaint began: the injury with its mechanism and date, or none',
      effort: 'document',
      sources: ['acr_trauma'],
      coded: [
        {
          from: 'order_reasons',
          codes: [
            { system: 'icd10cm', under: ['S83.0', 'S83.1', 'S83.2', 'S83.4', 'S83.5', 'S80.0'] },
          ],
        },
      ],
      notes: [
        {
          kind: 'finding',
          terms: [
            'twist(?:ed|ing)(?: injury)?(?: (?:to|of))?(?: (?:his|her|their|the))?(?: (?:right|left))? knee',
            'twisting (?:injury|mechanism)',
            `(?:felt|heard|feeling|hearing) (?:a |an )?(?:loud |audible )?pop(?! in (?:(?:the|his|her|their|right|left|low|lower) )*${part})`,
            'pivot(?:ed|ing) (?:injury|on)',
            'knee injury(?! in (?:19|20)\\d\\d)',
            'acute injury (?:to|of) (?:(?:the|his|her|their|right|left) )*knee',
            'injured (?:his|her|their|the) (?:right |left )?knee(?! in (?:19|20)\\d\\d)',
            '(?:direct )?blow to the (?:right |left )?knee',
            'dashboard injury',
            '(?:landed|fell) (?:directly )?(?:on|onto) (?:his|her|their|the) (?:right |left )?knee',
          ],
          contraryTerms: [
            'atraumatic',
            'insidious(?: in)? onset',
            '(?:no|without|denies)(?: any)?(?: history of| known| recent| acute| inciting| specific)* (?:injury|trauma)',
          ],
          ...ofOrder,
        },
      ],
    },
    {
      criterionId: 'mechanical_symptoms',
      question: 'Does the knee lock, catch or give way?',
      missing: 'whether the knee locks, catches or gives way',
      effort: 'document',
      sources: ['ebi'],
      notes: [
        {
          kind: 'finding',
          about: 'locking',
          // Not ", - locking": a minus in a list is a no.
          terms: [
            '(?<=(?:knee|it|joint)(?: \\w+){0,4} )lock(?:s|ed)?(?: up)?',
            '(?<!,\\s?[-−–]\\s?)locking(?: up)?(?! (?:his|her|their|the|a) (?:\\w+ )?(?:brace|splint|screw|plate|nail))',
            'locked knee',
            '(?:unable to|cannot|can not) (?:fully )?(?:extend|straighten) (?:the|his|her|their) (?:right |left )?knee',
            'block to (?:full )?extension',
          ],
          ...ofOrder,
        },
        {
          kind: 'finding',
          about: 'catching',
          terms: [
            '(?<=(?:knee|it|joint)(?: \\w+){0,4} )catch(?:es)?',
            '(?<!,\\s?[-−–]\\s?)catching(?! (?:his|her|their|a|up))',
            'mechanical symptoms',
          ],
          widerTerms: ['clicking', 'popping'],
          ...ofOrder,
        },
        {
          kind: 'finding',
          about: 'giving way',
          terms: ['giv(?:e|es|ing|en) (?:way|out)', 'gave (?:way|out)', 'buckl(?:e|es|ing|ed)'],
          widerTerms: ['instability', 'unstable'],
          ...ofOrder,
        },
      ],
    },
    {
      criterionId: 'meniscal_signs',
      question: 'Are there signs of a meniscal tear on examination?',
      missing: "the result of McMurray's, Apley's or Thessaly's test",
      effort: 'examine',
      sources: ['acr_trauma'],
      notes: [
        {
          kind: 'finding',
          terms: [
            "pos(?:itive)? (?:mcmurray|apley|thessaly)(?:'?s)?(?: (?:test|sign|compression|grind))?",
            "(?:mcmurray|apley|thessaly)(?:'?s)?(?: (?:test|sign|compression|grind))*(?: is| was|:)?\\s?(?:pos(?:itive)?|reproduces)",
          ],
          contraryTerms: [
            "neg(?:ative)? (?:mcmurray|apley|thessaly)(?:'?s)?",
            "(?:mcmurray|apley|thessaly)(?:'?s)?(?: (?:test|sign|compression|grind))*(?: is| was| are|:)?\\s?neg(?:ative)?",
            '(?:mcmurray|lachman|drawer)[^.;:]{0,70} (?:all|both) neg(?:ative)?',
          ],
          ...ofOrder,
        },
      ],
    },
    {
      criterionId: 'ligament_signs',
      question: 'Are there signs of a ligament tear on examination?',
      missing: 'the result of Lachman, drawer, pivot-shift and collateral stress tests',
      effort: 'examine',
      sources: ['acr_trauma'],
      notes: [
        {
          kind: 'finding',
          about: 'cruciate ligaments',
          terms: [
            "pos(?:itive)? (?:lachman|anterior drawer|posterior drawer|pivot[- ]shift)(?:'?s)?(?: (?:test|sign))?",
            "(?:lachman|(?:anterior|posterior) drawer|pivot[- ]shift)(?:'?s)?(?: (?:test|sign))?(?: is| was|:)?\\s?(?:pos(?:itive)?|[123]|grade [23]|with (?:a )?soft end\\s?point)",
          ],
          contraryTerms: [
            "neg(?:ative)? (?:lachman|anterior drawer|posterior drawer|pivot[- ]shift)(?:'?s)?",
            "(?:lachman|(?:anterior|posterior) drawer|pivot[- ]shift)(?:'?s)?(?: (?:test|sign))?(?: is| was|:)?\\s?neg(?:ative)?",
            '(?:mcmurray|lachman|drawer)[^.;:]{0,70} (?:all|both) neg(?:ative)?',
            'ligament(?:s|ously)(?: are| is)? (?:stable|intact)',
          ],
          ...ofOrder,
        },
        {
          kind: 'finding',
          about: 'collateral ligaments',
          terms: [
            '(?:valgus|varus|mcl|lcl) (?:laxity|instability)',
            '(?:laxity|opening|gapping) (?:to|with|on) (?:valgus|varus)(?: stress)?',
          ],
          contraryTerms: [
            'ligament(?:s|ously)(?: are| is)? (?:stable|intact)',
            'stable to (?:varus and valgus|valgus and varus|varus/valgus|valgus/varus)(?: stress)?',
          ],
          ...ofOrder,
        },
      ],
    },
    {
      criterionId: 'effusion',
      question: 'Is there an effusion of the knee?',
      missing: 'whether the knee has an effusion',
      effort: 'examine',
      sources: ['acr_chronic', 'acr_trauma'],
      coded: [
        {
          from: 'order_reasons',
          codes: [{ system: 'icd10cm', under: ['M25.46', 'M25.06'] }],
        },
      ],
      notes: [
        {
          kind: 'finding',
          terms: [
            '(?<!(?:pericardial|pleural|ear|elbow|hip|ankle|shoulder) )(?:joint |knee )?effusions?',
            'hemarthrosis',
            'ballot(?:able|table) patella',
          ],
          widerTerms: ['swollen', 'swelling'],
          ...ofOrder,
        },
      ],
    },
    {
      criterionId: 'conservative_care',
      question:
        'Were at least six weeks of conservative care for this knee completed in the last six months?',
      missing: 'which conservative care was completed, for how many weeks, and when',
      effort: 'treat',
      sources: ['aafp', 'ours'],
      coded: [
        {
          from: 'procedures',
          codes: [
            {
              system: 'cpt',
              codes: ['97110', '97112', '97140', '97161', '97162', '97163', '97530'],
            },
          ],
          where: "status.exists().not() or status = 'completed' or status = 'in-progress'",
          lasting: { value: 6, unit: 'weeks', source: 'aafp' },
          within: { value: 6, unit: 'months', source: 'ours' },
          ...ofOrder,
        },
      ],
      notes: [
        {
          kind: 'done',
          lasting: { value: 6, unit: 'weeks', source: 'aafp' },
          within: { value: 6, unit: 'months', source: 'ours' },
          terms: [
            'physical therapy',
            'physiotherapy',
            'pt',
            'home exercises?(?: program)?',
            'hep',
            'quad(?:riceps)? strengthening',
            '(?:hinged |knee )?bracing',
            'conservative (?:care|therapy|treatment|management|measures)',
            'nsaids?',
            'naproxen',
            'ibuprofen',
            'meloxicam',
            'diclofenac',
            'celecoxib',
          ].map((term) => `${term}${notOfAnotherPart}`),
          widerTerms: ['therapy', 'exercises?', 'rehab(?:ilitation)?', 'brace'],
          ...ofOrder,
        },
      ],
    },
  ],
  always: {
    all: [
      { criterion: 'knee_diagnosis' },
      { criterion: 'knee_radiograph' },
      { unless: { criterion: 'recent_knee_mri' } },
    ],
  },
  pathways: [
    {
      pathwayId: 'ligament_injury',
      label: 'An injury with signs of a ligament tear',
      rule: { all: [{ criterion: 'acute_injury' }, { criterion: 'ligament_signs' }] },
    },
    {
      pathwayId: 'internal_derangement',
      label: 'An injury with two or more signs of internal derangement',
      rule: {
        all: [
          { criterion: 'acute_injury' },
          {
            atLeast: 2,
            of: [
              { criterion: 'mechanical_symptoms' },
              { criterion: 'meniscal_signs' },
              { criterion: 'effusion' },
            ],
            source: 'ours',
          },
        ],
      },
    },
    {
      pathwayId: 'failed_conservative_care',
      label: 'Pain that outlasted six weeks of conservative care',
      rule: { criterion: 'conservative_care' },
    },
  ],
}
