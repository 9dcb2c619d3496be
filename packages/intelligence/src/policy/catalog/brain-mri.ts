import type { Policy } from '../policy.ts'

const mriCodes = ['70551', '70552', '70553']

const tumorCodes = [
  {
    system: 'icd10cm',
    under: [
      'C70.0',
      'C71',
      'C79.31',
      'D32.0',
      'D33.0',
      'D33.1',
      'D33.2',
      'D33.3',
      'D35.2',
      'D43.0',
      'D43.1',
      'D43.2',
    ],
  },
] as const

/** "No weakness, numbness, or seizures": a list of denials in which the last word is still denied, unless the clause turns. */
const denied =
  '(?:no|denies|denied|without|never had)(?: (?!but\\b|however\\b|except\\b|now\\b|has\\b|had\\b|with\\b|change|relief|improve|new\\b)[a-z/-]+,?){0,12}?'

/** A deficit of long standing, or one that a nerve of the limb explains, is not new. */
const notOld =
  '(?! and (?:foot drop|drop foot))(?! (?:from|due to|since|after|secondary to) (?:\\w+ ){0,3}(?:carpal|polio|cubital|radiculopathy|neuropathy|childhood|birth|stroke (?:in|of) (?:19|20)))'
const newly = '(?<!(?:chronic|residual|longstanding|long-standing|old|baseline|known) )'
/** Said of the headache, not of a back or a chest. */
const ofHeadache = '(?<=\\b(?:headaches?|ha)\\b[^.;]{0,90})'

const limb = '(?:arm|leg|face|facial|side|upper extremity|lower extremity)'

export const policy: Policy = {
  policyId: 'brain-mri',
  title: 'MRI of the brain',
  version: '2026.1',
  effectiveFrom: '2020-01-01',
  procedureCodes: mriCodes,
  sources: {
    acr_headache: {
      document: 'ACR Appropriateness Criteria: Headache',
      section:
        'thunderclap, optic disc edema, red flags, primary headache with a normal examination',
      date: '2022',
      url: 'https://gravitas.acr.org/ACPortal/TopicNarrative?topicId=140',
      basis: 'published',
      verified: {
        on: '2026-11-24',
        by: 'variants 1 and 2 at acr.org, variants 1 to 3 of the 2019 revision (docslib.org/doc/4119882), the abstract PMID 31685104',
      },
    },
    acr_demyelinating: {
      document: 'ACR Appropriateness Criteria: Demyelinating Diseases',
      section: 'variant 1: suspected demyelinating disease, initial imaging',
      date: '2025',
      url: 'https://gravitas.acr.org/ACPortal/TopicNarrative?topicId=367',
      basis: 'published',
      verified: { on: '2026-11-24', by: 'the rating table of variant 1 at acr.org' },
    },
    acr_deficit: {
      document: 'ACR Appropriateness Criteria: Focal Neurologic Deficit',
      section: 'single, multiple and completely resolving deficits: MRI of the head',
      date: '2008',
      basis: 'published',
      verified: {
        on: '2026-11-24',
        by: 'the rating table as reprinted at ajnr.org (markup/26996)',
      },
    },
    acr_seizure: {
      document: 'ACR Appropriateness Criteria: Seizures and Epilepsy',
      section: 'refractory epilepsy: MRI of the head; first seizure as the AAN parameter of 2007',
      date: '2014',
      url: 'https://acsearch.acr.org/docs/69479/Narrative/',
      basis: 'published',
      verified: {
        on: '2026-11-24',
        by: 'variant 1 in the guideline archive (jesse.tg/ngc-archive/summary/10452); the AAN parameter as cited by RACGP for a first seizure',
      },
    },
    payer: {
      document: 'Select Health Network: MRI Modalities of the Brain',
      section:
        'new deficit, TIA, dementia of recent onset, tumor; no routine study for stable headache',
      date: '2021-08',
      url: 'https://docslib.org/download/5649443/mri-brain-and-head',
      basis: 'published',
      verified: {
        on: '2026-11-24',
        by: 'the indications of the guideline, and the description of CAM 744 at southcarolinablues.com',
      },
    },
    ours: {
      document: 'AuthScript default rule set',
      section:
        'when a study is a duplicate (a year, unless there is a new deficit or seizure), how recent a stroke is (three months) and a diagnosis of dementia (a year)',
      date: '2026',
      basis: 'our_default',
    },
  },
  criteria: [
    {
      criterionId: 'neurologic_reason',
      question: 'Is there a neurological reason for the study?',
      missing: 'the sign, symptom or diagnosis that the study is for (ICD-10-CM)',
      effort: 'document',
      sources: ['payer'],
      coded: (['order_reasons', 'conditions'] as const).map((from) => ({
        from,
        codes: [
          {
            system: 'icd10cm',
            under: [
              'C70',
              'C71',
              'C79.3',
              'D32',
              'D33',
              'D35.2',
              'D43',
              'F01',
              'F02',
              'F03',
              'G30',
              'G31',
              'G35',
              'G36',
              'G37',
              'G40',
              'G43',
              'G44',
              'G45',
              'G50',
              'G81',
              'G91',
              'G93',
              'H46',
              'H47',
              'H49',
              'H53.2',
              'H53.4',
              'I60',
              'I61',
              'I62',
              'I63',
              'I67',
              'I69',
              'R20',
              'R25',
              'R26',
              'R27',
              'R29.6',
              'R29.8',
              'R41',
              'R42',
              'R47',
              'R51',
              'R55',
              'R56',
              'S06',
            ],
          },
        ],
        words: [
          'headache',
          'seizure',
          'epilep',
          'multiple sclerosis',
          'stroke',
          'brain',
          'dementia',
        ],
        ...(from === 'conditions' ? { where: "clinicalStatus = 'active'" } : {}),
      })),
    },
    {
      criterionId: 'recent_brain_mri',
      question: 'Was the brain imaged by MRI within the last twelve months?',
      missing: 'the date and result of any MRI of the brain of the last year',
      effort: 'document',
      sources: ['ours'],
      silence: 'not_met',
      coded: [
        {
          from: 'procedures',
          codes: [{ system: 'cpt', codes: mriCodes }],
          words: ['mri (?:of (?:the )?)?(?:brain|head)'],
          where: "status.exists().not() or status = 'completed'",
          within: { value: 12, unit: 'months', source: 'ours' },
        },
      ],
    },
    {
      criterionId: 'focal_deficit',
      question: 'Is there a new focal neurological deficit?',
      missing:
        'the neurological examination: strength, sensation, speech, vision, cranial nerves, gait',
      effort: 'examine',
      sources: ['acr_deficit', 'acr_headache', 'payer'],
      notes: [
        {
          kind: 'finding',
          about: 'strength and sensation',
          terms: [
            `${newly}(?:right|left)[- ](?:sided )?(?:weakness|numbness|hemiparesis|hemiplegia)${notOld}`,
            `${newly}(?:right|left) ${limb} (?:weakness|numbness|droop)${notOld}`,
            `${newly}(?:weakness|numbness) (?:of|in) (?:the |his |her |their )?(?:right|left) ${limb}${notOld}`,
            `${newly}hemipar(?:esis|etic)${notOld}`,
            'facial droop',
            'pronator drift',
            '(?:focal|unilateral|one-sided) (?:weakness|numbness)',
          ],
          widerTerms: ['weakness', 'numbness'],
        },
        {
          kind: 'finding',
          about: 'speech',
          terms: ['aphasia', 'dysarthria', 'word[- ]finding difficulty', 'slurred speech'],
        },
        {
          kind: 'finding',
          about: 'vision',
          terms: [
            'hemianopi?a',
            'diplopia',
            'double vision',
            'visual field (?:cut|defect|deficit|loss)',
            '(?:sixth|third|fourth|abducens|oculomotor|trochlear) (?:cranial )?nerve palsy',
          ],
          widerTerms: ['blurred vision'],
        },
        {
          kind: 'finding',
          about: 'coordination',
          terms: ['(?:gait |limb |truncal )?ataxia', 'dysmetria'],
          widerTerms: ['unsteady', 'imbalance'],
        },
        {
          kind: 'finding',
          terms: ['focal (?:neurologic(?:al)? )?deficits?'],
          contraryTerms: [
            '(?:neurologic(?:al)? (?:exam(?:ination)? )?|neuro (?:exam )?|exam(?:ination)? )(?:is |was )?(?:non-?focal|entirely normal|completely normal)',
            'non-?focal neurologic(?:al)? exam(?:ination)?',
          ],
        },
      ],
    },
    {
      criterionId: 'seizure',
      question:
        'Is there a new seizure, or are there seizures that break through or resist treatment?',
      missing: 'whether there were seizures, when the last one was, and under which treatment',
      effort: 'document',
      sources: ['acr_seizure'],
      notes: [
        {
          kind: 'finding',
          terms: [
            '(?:first|first-ever|new-onset|new onset|unprovoked|breakthrough|recurrent|refractory|drug-resistant|intractable)(?: unprovoked| generalized| focal| tonic-clonic)* (?:seizures?|epilepsy)(?! (?:at age|at the age|in childhood|as a child|in (?:19|20)\\d\\d))',
            '(?:generalized|focal|tonic-clonic)(?: tonic-clonic| impaired awareness| motor)? seizures? (?:on|last|this|yesterday|\\d+ (?:day|week)s? ago|(?:two|three|four) (?:day|week)s? ago)',
            '(?:\\d+|two|three|four|several) seizures (?:a|per|in the (?:last|past)|this|over the (?:last|past)) (?:\\w+ )?(?:week|month|year)s?',
          ],
          contraryTerms: [
            'seizure[- ]free',
            `${denied} (?:seizures?|sz)(?: activity)?`,
            'seizures? (?:are |is )?well[- ]controlled',
          ],
        },
      ],
    },
    {
      criterionId: 'new_headache',
      question: 'Is there a headache that is new, or that has changed or grown worse?',
      missing: 'since when the headache is, and whether it has changed or grown worse',
      effort: 'document',
      sources: ['acr_headache', 'payer'],
      notes: [
        {
          kind: 'finding',
          terms: [
            'new(?:[- ]onset)?(?: daily| severe| persistent| right-sided| left-sided)* headaches?',
            '(?:worsening|progressive|progressively worsening|progressively worse|increasing|escalating)(?: daily| severe| morning)* headaches?',
            'headaches? (?:that )?(?:has|have|is|are) (?:been )?(?:steadily |progressively |gradually |clearly )*(?:worsen(?:ed|ing)|worse|increas(?:ed|ing)|changed|progress(?:ed|ing))',
            'change in (?:the )?(?:pattern|character|frequency) of (?:his |her |their |the )?headaches?',
            '(?:headaches?|ha)\\b[^.;]{0,25}, new (?:for|to) (?:him|her|them)',
            'new(?:[- ]onset)? ha',
            'thunderclap headache',
            'worst headache of (?:his|her|their|my) life',
          ],
          widerTerms: ['headaches?'],
          contraryTerms: [
            `${denied} headaches?`,
            'headaches? (?:is |are |has been |have been )?(?:unchanged|stable|the same)',
          ],
        },
      ],
    },
    {
      criterionId: 'headache_red_flag',
      question:
        'Is there a red flag: papilledema, sudden onset, position, exertion, cancer, immune suppression, pregnancy, or a first headache after fifty?',
      missing:
        'whether the optic discs are swollen, and whether one of the other red flags is present',
      effort: 'examine',
      sources: ['acr_headache'],
      coded: [
        {
          from: 'conditions',
          about: 'cancer',
          codes: [{ system: 'icd10cm', under: ['C'], except: ['C44'] }],
          where: "clinicalStatus = 'active'",
        },
        {
          from: 'conditions',
          about: 'immune suppression',
          codes: [{ system: 'icd10cm', under: ['B20', 'D80', 'D81', 'D82', 'D83', 'D84', 'Z94'] }],
          where: "clinicalStatus = 'active'",
        },
        {
          from: 'conditions',
          about: 'papilledema',
          codes: [{ system: 'icd10cm', under: ['H47.1'] }],
          where: "clinicalStatus = 'active'",
        },
      ],
      notes: [
        {
          kind: 'finding',
          about: 'papilledema',
          terms: [
            'papill(?:o)?edema',
            'optic (?:disc|disk|nerve) (?:edema|swelling)',
            'blurred (?:optic )?(?:disc|disk) margins',
          ],
          contraryTerms: [
            '(?:optic )?(?:discs|disks|disc margins) (?:are |were )?(?:sharp|flat|crisp|normal)',
            'fundi (?:are |were )?(?:normal|benign|unremarkable)',
            'sharp (?:optic )?(?:discs|disks|disc margins)',
          ],
        },
        {
          kind: 'finding',
          about: 'sudden onset',
          terms: [
            'thunderclap(?: headache| onset)?',
            'worst headache of (?:his|her|their|my) life',
            'sudden[- ]onset headache',
          ],
        },
        {
          kind: 'finding',
          about: 'position and exertion',
          terms: [
            'positional headaches?',
            `${ofHeadache}positional(?: component| worsening)?`,
            `${ofHeadache}(?:cough(?:ing)?|straining|bending|exertion) (?:brings|brought|triggers|worsens) (?:it|them)(?: on)?`,
            `${ofHeadache}(?:worse|worsens?|brought on|triggered) (?:when |while |with |on |by )?(?:lying (?:down|flat)|supine|standing|bending(?: over| forward)?|cough(?:ing)?|straining|valsalva|exertion|sexual activity|sneezing)`,
            `${ofHeadache}(?:wakes|awakens|awakened|woke|waking) (?:him|her|them)(?: up)? (?:from sleep|at night)`,
          ],
        },
        {
          kind: 'finding',
          about: 'cancer',
          when: 'ever',
          terms: [
            '(?:history of |known |metastatic )(?:breast|lung|renal|colon|kidney|prostate|thyroid)(?: cell)? (?:cancer|carcinoma)',
            '(?:history of )?(?:metastatic )?melanoma',
            'lymphoma',
          ],
          contraryTerms: ['no (?:known |personal )?(?:history of )?(?:cancer|malignancy)'],
        },
        {
          kind: 'finding',
          about: 'immune suppression',
          terms: ['immunosuppress(?:ed|ion)', 'immunocompromised', 'hiv(?: positive| infection)?'],
        },
        {
          kind: 'finding',
          about: 'pregnancy',
          terms: ['(?:\\d+ weeks |currently )pregnant', 'postpartum'],
        },
        {
          kind: 'finding',
          about: 'age',
          terms: [
            '(?:5\\d|6\\d|7\\d|8\\d|9\\d)[- ]year[- ]old (?:[a-z-]+ ){0,3}(?:with|here for|seen for) (?:a )?new(?:[- ]onset)?(?: daily| persistent| severe)? headaches?',
            'new(?:[- ]onset)? headaches? (?:after|at|over|since) (?:the )?(?:age (?:of )?)?(?:5\\d|6\\d|7\\d|8\\d)',
          ],
        },
      ],
    },
    {
      criterionId: 'intracranial_tumor',
      question: 'Is a tumor of the brain, its coverings or the pituitary known or found?',
      missing: 'whether an intracranial tumor is known, with the report that shows it',
      effort: 'document',
      sources: ['payer'],
      coded: (['conditions', 'order_reasons'] as const).map((from) => ({
        from,
        codes: tumorCodes,
        ...(from === 'conditions' ? { where: "clinicalStatus = 'active'" } : {}),
      })),
      notes: [
        {
          kind: 'finding',
          terms: [
            '(?:brain|intracranial|cerebral|cerebellar) (?:tumou?rs?|mass(?:es)?|metasta(?:sis|ses)|neoplasm)',
            'meningioma',
            'gli(?:oma|oblastoma)',
            'astrocytoma',
            'vestibular schwannoma',
            'pituitary (?:macro|micro)?adenoma',
          ],
        },
      ],
    },
    {
      criterionId: 'demyelinating_disease',
      question:
        'Is multiple sclerosis or another demyelinating disease known or raised by findings?',
      missing: 'the diagnosis, or the findings that raise it (optic neuritis, relapses)',
      effort: 'document',
      sources: ['acr_demyelinating'],
      coded: (['conditions', 'order_reasons'] as const).map((from) => ({
        from,
        codes: [{ system: 'icd10cm', under: ['G35', 'G36', 'G37', 'H46'] }],
        words: ['multiple sclerosis', 'demyelinat', 'optic neuritis'],
        ...(from === 'conditions' ? { where: "clinicalStatus = 'active'" } : {}),
      })),
      notes: [
        {
          kind: 'finding',
          terms: [
            '(?:relapsing[- ]remitting |secondary progressive |primary progressive )?multiple sclerosis',
            'optic neuritis',
            'internuclear ophthalmoplegia',
            'clinically isolated syndrome',
            'demyelinating (?:disease|lesions?)',
          ],
        },
      ],
    },
    {
      criterionId: 'stroke_or_tia',
      question: 'Was there a stroke or a TIA in the last three months?',
      missing: 'whether there was a stroke or TIA, with its date',
      effort: 'document',
      sources: ['acr_deficit', 'payer', 'ours'],
      coded: [
        {
          from: 'order_reasons',
          codes: [{ system: 'icd10cm', under: ['I63', 'G45'], except: ['G45.4'] }],
        },
        {
          from: 'conditions',
          codes: [{ system: 'icd10cm', under: ['I63', 'G45'], except: ['G45.4'] }],
          where: "clinicalStatus = 'active'",
          within: { value: 3, unit: 'months', source: 'ours' },
        },
      ],
      notes: [
        {
          kind: 'finding',
          terms: [
            '(?:recent|acute|subacute|new) (?:ischemic )?(?:stroke|infarct(?:ion)?|cva)',
            '(?:recent )?(?:tia|transient ischemic attack) (?:on|last|this|yesterday|\\d+ (?:day|week)s? ago|(?:two|three|four|five|six) (?:day|week)s? ago)',
            '(?:recent|new) (?:tia|transient ischemic attack)',
          ],
          widerTerms: ['stroke', 'tia', 'transient ischemic attack'],
          contraryTerms: [`${denied} (?:stroke|tia)`, 'no (?:recent|new) (?:stroke|tia)'],
        },
      ],
    },
    {
      criterionId: 'cognitive_decline',
      question: 'Is there a cognitive decline that is progressive or diagnosed?',
      missing: 'the course of the cognitive decline, and the result of a test (MoCA, MMSE)',
      effort: 'examine',
      sources: ['payer', 'ours'],
      coded: [
        {
          from: 'conditions',
          codes: [
            {
              system: 'icd10cm',
              under: ['F01', 'F02', 'F03', 'G30', 'G31.0', 'G31.83', 'G31.84'],
            },
          ],
          where: "clinicalStatus = 'active'",
          within: { value: 12, unit: 'months', source: 'ours' },
        },
      ],
      notes: [
        {
          kind: 'finding',
          terms: [
            '(?:rapidly progressive|progressive|new|worsening) (?:dementia|cognitive (?:decline|impairment)|memory loss)',
            'mild cognitive impairment',
            'cognitive decline',
          ],
          widerTerms: ['memory loss', 'forgetful(?:ness)?', 'confusion'],
          contraryTerms: [
            `${denied} (?:memory (?:loss|problems|concerns|complaints)|cognitive (?:complaints|changes|concerns))`,
            '(?:memory|cognition) (?:is |was |are )?(?:intact|normal)',
          ],
        },
      ],
    },
  ],
  always: {
    all: [
      { criterion: 'neurologic_reason' },
      // A study of last year is no bar where something new has happened.
      {
        any: [
          { unless: { criterion: 'recent_brain_mri' } },
          { criterion: 'focal_deficit' },
          { criterion: 'seizure' },
        ],
      },
    ],
  },
  pathways: [
    {
      pathwayId: 'deficit',
      label: 'A new focal deficit, a stroke or a TIA',
      rule: { any: [{ criterion: 'focal_deficit' }, { criterion: 'stroke_or_tia' }] },
    },
    {
      pathwayId: 'seizure',
      label: 'A new seizure, or seizures despite treatment',
      rule: { criterion: 'seizure' },
    },
    {
      pathwayId: 'headache',
      label: 'A new or changing headache with a red flag',
      rule: { all: [{ criterion: 'new_headache' }, { criterion: 'headache_red_flag' }] },
    },
    {
      pathwayId: 'known_disease',
      label: 'A demyelinating disease or an intracranial tumor',
      rule: { any: [{ criterion: 'demyelinating_disease' }, { criterion: 'intracranial_tumor' }] },
    },
    {
      pathwayId: 'cognitive_decline',
      label: 'A cognitive decline that is progressive or diagnosed',
      rule: { criterion: 'cognitive_decline' },
    },
  ],
}
