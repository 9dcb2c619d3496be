import type { Policy } from '../policy.ts'

const echoCodes = ['93303', '93304', '93306', '93307', '93308']

const echo = '(?<!(?:stress|transesophageal) )(?:transthoracic )?(?:echo(?:cardiogram)?|tte)'
/** Each valve is its own matter: a severe stenosis of one stands beside a mild leak of another. */
const valves = [
  { valve: 'aortic', lesion: 'aortic (?:valve )?(?:stenosis|regurgitation|insufficiency)' },
  { valve: 'mitral', lesion: 'mitral (?:valve )?(?:stenosis|regurgitation|insufficiency)' },
  { valve: 'tricuspid', lesion: 'tricuspid (?:valve )?(?:stenosis|regurgitation|insufficiency)' },
  {
    valve: 'pulmonic',
    lesion: '(?:pulmonic|pulmonary valve) (?:stenosis|regurgitation|insufficiency)',
  },
] as const
const significant = '(?:moderate|severe|moderate[- ]to[- ]severe|moderately severe|critical)'
const kind =
  '(?: (?:calcific|rheumatic|degenerative|low-flow|primary|secondary|functional|asymptomatic))*'
/** The valves together: "no known valvular disease" denies them all. */
const valvesTogether = (severity: string) => ({
  kind: 'finding' as const,
  when: 'ever' as const,
  terms: [`${severity} (?:valve|valvular)(?: heart)? disease`],
  contraryTerms: [
    'no (?:known |significant )*(?:valve|valvular)(?: heart)? disease',
    'valves (?:are |were |appear )?(?:structurally )?normal',
    '(?:structurally )?normal (?:heart )?valves',
  ],
})

const cardiotoxic = [
  'doxorubicin',
  'adriamycin',
  'epirubicin',
  'daunorubicin',
  'idarubicin',
  'mitoxantrone',
  'trastuzumab',
  'herceptin',
  'pertuzumab',
]

export const policy: Policy = {
  policyId: 'transthoracic-echo',
  title: 'Transthoracic echocardiogram',
  version: '2026.1',
  effectiveFrom: '2020-01-01',
  procedureCodes: echoCodes,
  sources: {
    auc: {
      document: 'ACCF/ASE et al. 2011 Appropriate Use Criteria for Echocardiography',
      section: 'tables 19 to 21: symptoms, arrhythmia, change of status, routine surveillance',
      date: '2011-03-01',
      url: 'https://doi.org/10.1016/j.jacc.2010.11.002',
      basis: 'published',
      verified: {
        on: '2026-11-24',
        by: 'the first rows of tables 19, 20 and 21 at onlinejacc.org, and the list of rarely appropriate uses at PMC5372349',
      },
    },
    vhd_auc: {
      document:
        'ACC et al. 2017 Appropriate Use Criteria for Multimodality Imaging in Valvular Heart Disease',
      section: 'initial evaluation: murmur, suspected valve disease',
      date: '2017',
      url: 'https://doi.org/10.1007/s12350-017-1070-1',
      basis: 'published',
      verified: { on: '2026-11-24', by: 'the rating table as given at sattimd.com' },
    },
    vhd: {
      document: 'AHA/ACC Guideline for the Management of Patients With Valvular Heart Disease',
      section:
        'frequency of echocardiograms: mild every 3 to 5 years, moderate 1 to 2, severe 6 to 12 months',
      date: '2017',
      url: 'https://eguideline.guidelinecentral.com/i/362033/3',
      basis: 'published',
      verified: { on: '2026-11-24', by: 'table 5 of the pocket edition' },
    },
    cardio_oncology: {
      document:
        'British Society of Echocardiography and British Cardio-Oncology Society: adults receiving anthracyclines or trastuzumab',
      section: 'baseline assessment and surveillance',
      date: '2021-02-26',
      url: 'https://doi.org/10.1530/erp-21-0001',
      basis: 'published',
      verified: {
        on: '2026-11-24',
        by: 'the abstract and the table of recommendations (PMC8352267)',
      },
    },
    ours: {
      document: 'AuthScript default rule set',
      section:
        'when a study is a duplicate (a year, unless the status changed or a cardiotoxic drug is given), how many studies a year under such a drug (four before this one), and from where on a ventricle is weak (40 %)',
      date: '2026',
      basis: 'our_default',
    },
  },
  criteria: [
    {
      criterionId: 'cardiac_reason',
      question: 'Is there a cardiac reason for the study?',
      missing: 'the sign, symptom or diagnosis that the study is for (ICD-10-CM)',
      effort: 'document',
      sources: ['auc'],
      coded: (['order_reasons', 'conditions'] as const).map((from) => ({
        from,
        codes: [
          {
            system: 'icd10cm',
            under: [
              'I05',
              'I06',
              'I07',
              'I08',
              'I11',
              'I13',
              'I20',
              'I21',
              'I25',
              'I26',
              'I27',
              'I30',
              'I31',
              'I33',
              'I34',
              'I35',
              'I36',
              'I37',
              'I42',
              'I43',
              'I47',
              'I48',
              'I49',
              'I50',
              'I51',
              'I63',
              'I71',
              'G45',
              'Q20',
              'Q21',
              'Q23',
              'Q25',
              'R00.2',
              'R01',
              'R06.0',
              'R07',
              'R55',
              'R60',
              'Z95.2',
            ],
            codes: ['Z01.810', 'Z51.11'],
          },
        ],
        words: [
          'murmur',
          'heart failure',
          'atrial fibrillation',
          'cardiomyopathy',
          'valve',
          'stenosis',
        ],
        ...(from === 'conditions' ? { where: "clinicalStatus = 'active'" } : {}),
      })),
    },
    {
      criterionId: 'recent_echo',
      question: 'Was a transthoracic echocardiogram done within the last twelve months?',
      missing: 'the date and result of any echocardiogram of the last year',
      effort: 'document',
      sources: ['auc', 'ours'],
      silence: 'not_met',
      coded: [
        {
          from: 'procedures',
          codes: [{ system: 'cpt', codes: echoCodes }],
          words: ['transthoracic echo', 'echocardiogra'],
          where: "status.exists().not() or status = 'completed'",
          within: { value: 12, unit: 'months', source: 'ours' },
        },
      ],
      notes: [
        // Only where the note says how recent: an echo without a date says nothing of the last year.
        {
          kind: 'finding',
          terms: [
            `${echo}(?: [a-z]+){0,4} (?:last (?:week|month)|this (?:week|month)|(?:[1-9]|1[01]|one|two|three|four|five|six|seven|eight|nine|ten|eleven) months? ago|\\d+ weeks? ago)(?: (?:was|is) (?:normal|unremarkable))?`,
          ],
        },
      ],
    },
    {
      criterionId: 'echo_within_3_years',
      question: 'Was a transthoracic echocardiogram done within the last three years?',
      missing: 'the date of the last echocardiogram',
      effort: 'document',
      sources: ['vhd', 'auc'],
      silence: 'not_met',
      coded: [
        {
          from: 'procedures',
          codes: [{ system: 'cpt', codes: echoCodes }],
          words: ['transthoracic echo', 'echocardiogra'],
          where: "status.exists().not() or status = 'completed'",
          within: { value: 3, unit: 'years', source: 'vhd' },
        },
      ],
    },
    {
      criterionId: 'cardiac_symptoms',
      question: 'Are there symptoms or signs that may come from the heart?',
      missing: 'whether there is dyspnea, edema, chest pain, palpitations or syncope',
      effort: 'document',
      sources: ['auc'],
      notes: [
        {
          kind: 'finding',
          about: 'breathlessness',
          terms: [
            '(?:exertional )?dyspnea(?: on exertion)?',
            'doe',
            'short(?:ness)? of breath',
            'sob(?:oe)?',
          ],
          widerTerms: ['winded', 'breathless(?:ness)?', 'fatigue'],
        },
        // Each its own: "no PND" says nothing against dyspnea on exertion.
        { kind: 'finding', about: 'orthopnea', terms: ['orthopnea'] },
        { kind: 'finding', about: 'nocturnal', terms: ['paroxysmal nocturnal dyspnea', 'pnd'] },
        {
          kind: 'finding',
          about: 'near-syncope',
          terms: ['near-? ?syncop(?:e|al)', 'pre-?syncop(?:e|al)'],
        },
        {
          kind: 'finding',
          about: 'congestion',
          terms: [
            '(?:lower extremity|leg|ankle|pedal|pitting|bilateral) (?:pitting )?edema',
            '[1-4]\\+ (?:pitting )?edema',
            'jugular venous distention',
            'jvd',
            'elevated (?:nt-?pro-?)?bnp',
          ],
          widerTerms: ['edema', 'swelling'],
        },
        {
          kind: 'finding',
          about: 'chest pain',
          terms: ['(?:exertional |substernal )?chest (?:pain|pressure|tightness)', 'angina'],
        },
        { kind: 'finding', about: 'palpitations', terms: ['palpitations?'] },
        {
          kind: 'finding',
          about: 'syncope',
          terms: ['(?<!pre)(?<!near )(?:exertional )?syncop(?:e|al episode)'],
        },
      ],
    },
    {
      criterionId: 'murmur',
      question: 'Is there a heart murmur?',
      missing: 'what is heard over the heart',
      effort: 'examine',
      sources: ['vhd_auc'],
      coded: [{ from: 'order_reasons', codes: [{ system: 'icd10cm', codes: ['R01.1'] }] }],
      notes: [
        {
          kind: 'finding',
          terms: [
            '(?:[1-6]/6|grade [1-6](?:/6| out of 6)?|new|loud|harsh|holosystolic|systolic|diastolic|ejection)(?: (?:systolic|diastolic|holosystolic|ejection|crescendo-decrescendo|blowing|harsh))*,? murmurs?',
            'murmurs?',
            '(?:(?:[1-6]|i{1,3}|iv|v|vi)/(?:6|vi) )?sem',
          ],
          contraryTerms: [
            'murmurs?, (?:gallops?|rubs?),? (?:and|or) (?:rubs?|gallops?):? (?:none|absent)',
          ],
        },
      ],
    },
    {
      criterionId: 'clinical_change',
      question: 'Has the clinical status or the cardiac examination changed?',
      missing:
        'whether symptoms or the cardiac examination have changed since the last echocardiogram',
      effort: 'document',
      sources: ['auc'],
      notes: [
        {
          kind: 'finding',
          terms: [
            '(?:new|worsening|increasing|progressive|worsened)(?: exertional)? (?:dyspnea|shortness of breath|orthopnea|(?:leg |ankle |lower extremity )?edema|chest (?:pain|pressure)|palpitations|syncope|murmur|exercise intolerance|heart failure)',
            '(?:dyspnea|shortness of breath|edema|breathing|murmur|cardiac symptoms) (?:has|have|is|are) (?:clearly |much |now )?(?:worse|worsened|worsening|louder|increased|changed)',
            'murmur is (?:now )?louder',
            'used to (?:walk|run|climb)[^.;]{0,50},? (?:but )?now (?:stops|has to stop|can only|cannot|winded|gets winded)',
            '(?:now|new)(?: with)?(?: \\d[- ]pillow)? orthopnea',
            '(?:weight|wt) (?:is )?up \\d+ (?:lbs?|pounds|kg)',
            'decompensat(?:ed|ion)',
            'change in clinical status',
            'hospitali[sz]ed for heart failure',
          ],
          contraryTerms: [
            '(?:clinically|symptomatically) (?:stable|unchanged)',
            '(?:no|without)(?: any)?(?: interval| recent)? change(?:s)? in (?:clinical status|symptoms|(?:his|her|their) (?:symptoms|condition|health)|functional status)',
            '(?:symptoms|murmur|exam(?:ination)?) (?:is|are|remains?) (?:stable|unchanged)',
            'cardiac exam(?:ination)? (?:is )?unchanged',
          ],
        },
      ],
    },
    {
      criterionId: 'significant_valve_disease',
      question: 'Is moderate or severe disease of a valve known?',
      missing: 'which valve is diseased and how severely',
      effort: 'document',
      sources: ['auc', 'vhd'],
      notes: [
        ...valves.map(({ valve, lesion }) => ({
          kind: 'finding' as const,
          about: valve,
          when: 'ever' as const,
          terms: [`(?<!mild[- ]to[- ])${significant}${kind} ${lesion}`],
          contraryTerms: [
            `(?:mild|trace|trivial)${kind} ${lesion}`,
            `${lesion}, (?:mild|trace|trivial)`,
          ],
        })),
        valvesTogether(significant),
      ],
    },
    {
      criterionId: 'mild_valve_disease',
      question: 'Is mild disease of a valve known?',
      missing: 'which valve is diseased and how severely',
      effort: 'document',
      sources: ['auc', 'vhd'],
      notes: [
        ...valves.map(({ valve, lesion }) => ({
          kind: 'finding' as const,
          about: valve,
          when: 'ever' as const,
          // Between mild and moderate is taken for mild, which asks for more.
          terms: [`mild(?:[- ]to[- ]moderate)?${kind} ${lesion}`, `${lesion}, mild`],
          contraryTerms: [`(?<!mild[- ]to[- ])${significant}${kind} ${lesion}`],
        })),
        valvesTogether('mild'),
      ],
    },
    {
      criterionId: 'arrhythmia_or_cardiomyopathy',
      question:
        'Is there atrial fibrillation, another tachyarrhythmia, or a weak or diseased heart muscle?',
      missing: 'the rhythm, and the ejection fraction or the diagnosis of the heart muscle',
      effort: 'document',
      sources: ['auc', 'ours'],
      coded: [
        {
          from: 'conditions',
          about: 'rhythm',
          codes: [{ system: 'icd10cm', under: ['I47', 'I48', 'I49.0', 'I49.3'] }],
          words: ['atrial (?:fibrillation|flutter)', 'ventricular tachycardia'],
          where: "clinicalStatus = 'active'",
        },
        {
          from: 'conditions',
          about: 'muscle',
          codes: [{ system: 'icd10cm', under: ['I42', 'I43', 'I25.5', 'I50.2', 'I50.4'] }],
          words: ['cardiomyopathy'],
          where: "clinicalStatus = 'active'",
        },
        {
          from: 'observations',
          about: 'ejection fraction',
          codes: [{ system: 'loinc', codes: ['10230-1'] }],
          words: ['lvef', 'left ventricular ejection fraction', 'ejection fraction'],
          value: { atMost: { value: 40, unit: '%', source: 'ours' } },
          latest: true,
        },
      ],
      notes: [
        {
          kind: 'finding',
          about: 'rhythm',
          terms: [
            '(?:new |paroxysmal |persistent |permanent )*atrial (?:fibrillation|flutter)',
            'a-?fib',
            'supraventricular tachycardia',
            'svt',
            '(?:nonsustained |sustained )?ventricular tachycardia',
            'frequent (?:pvcs|vpcs|premature ventricular contractions)',
          ],
        },
        {
          kind: 'finding',
          about: 'muscle',
          when: 'ever',
          terms: [
            '(?:ischemic |dilated |hypertrophic |nonischemic |restrictive )?cardiomyopathy',
            'hfref',
          ],
        },
        {
          kind: 'measured',
          about: 'ejection fraction',
          terms: ['lvef', '(?:left ventricular )?ejection fraction', 'ef'],
          unitWords: ['%', 'percent'],
          value: { atMost: { value: 40, unit: '%', source: 'ours' } },
        },
      ],
    },
    {
      criterionId: 'cardiotoxic_therapy',
      question: 'Is a drug given, or about to be given, that may harm the heart?',
      missing: 'the name of the cancer drug and when it starts',
      effort: 'document',
      sources: ['cardio_oncology'],
      coded: [
        {
          from: 'medications',
          words: cardiotoxic,
          within: { value: 12, unit: 'months', source: 'ours' },
        },
      ],
      notes: [
        {
          kind: 'finding',
          terms: [
            '(?:anthracycline|trastuzumab|herceptin|doxorubicin|adriamycin|epirubicin)(?:-based| based|-containing)? (?:chemotherapy|therapy|treatment|regimen)',
            ...cardiotoxic.map((drug) => `${drug}(?! in (?:19\\d\\d|20[01]\\d|202[0-4]))`),
          ],
          contraryTerms: [
            'no (?:history of |prior |previous |h/o |hx of )?chemo(?:therapy)?',
            'never (?:had|received|got) (?:cancer (?:treatment|therapy)|chemo(?:therapy)?)',
          ],
        },
      ],
    },
  ],
  always: {
    all: [
      { criterion: 'cardiac_reason' },
      {
        any: [
          { unless: { criterion: 'recent_echo' } },
          { criterion: 'clinical_change' },
          { criterion: 'cardiotoxic_therapy' },
        ],
      },
    ],
  },
  pathways: [
    {
      pathwayId: 'symptoms_or_murmur',
      label: 'Cardiac symptoms or a murmur',
      rule: { any: [{ criterion: 'cardiac_symptoms' }, { criterion: 'murmur' }] },
    },
    {
      pathwayId: 'rhythm_or_muscle',
      label: 'An arrhythmia or a cardiomyopathy',
      rule: { criterion: 'arrhythmia_or_cardiomyopathy' },
    },
    {
      pathwayId: 'valve_surveillance',
      label:
        'Surveillance of moderate or severe valve disease, or of mild disease after three years',
      rule: {
        any: [
          { criterion: 'significant_valve_disease' },
          {
            all: [
              { criterion: 'mild_valve_disease' },
              { unless: { criterion: 'echo_within_3_years' } },
            ],
          },
        ],
      },
    },
    {
      pathwayId: 'cardiotoxic_therapy',
      label: 'Before or during a cardiotoxic drug, not more than five studies a year',
      rule: {
        all: [
          { criterion: 'cardiotoxic_therapy' },
          {
            countOf: 'recent_echo',
            atMost: { value: 4, source: 'ours' },
            within: { value: 12, unit: 'months', source: 'ours' },
          },
        ],
      },
    },
  ],
}
