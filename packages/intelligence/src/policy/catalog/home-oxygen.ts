import type { Policy } from '../policy.ts'

/** Oxygen saturation of arterial blood: by gas, by pulse oximetry, by pulse oximetry at rest. */
const saturationCodes = [{ system: 'loinc', codes: ['2708-6', '59408-5', '59417-6'] }] as const
/** Partial pressure of oxygen in arterial blood, as measured and at the patient's temperature. */
const pressureCodes = [{ system: 'loinc', codes: ['2703-7', '19255-9'] }] as const

const pressureTerms = ['pa\\s?o2', 'arterial p\\s?o2', 'arterial oxygen (?:tension|pressure)']
const pressureUnits = ['mm\\s?hg', 'torr']

/** A target is no measurement. */
const notAGoal = '(?<!(?:goal|target|keep|keeping|maintain|titrate)(?: \\w+){0,4} )'

/**
 * A saturation at rest on room air. Not one under oxygen, nor during a walk: those say another thing, and a bare "SpO2" in a note
 * leaves open which it is.
 */
const restingTerms = [
  `${notAGoal}(?:resting|room[- ]air) (?:spo2|sao2|sp02|o2 sat(?:uration)?|oxygen saturation|pulse ox(?:imetry)?|saturation|sats?)(?: (?:at rest|on room air|on ra))*`,
  `${notAGoal}(?:spo2|sao2|sp02|o2 sat(?:uration)?|oxygen saturation|pulse ox(?:imetry)?|saturation)(?: (?:at rest|while resting))?(?: on (?:room air|ra))?(?: (?:at rest|while resting))?(?: (?:at rest on (?:room air|ra)|on (?:room air|ra) at rest))`,
  `${notAGoal}(?:spo2|sao2|sp02|o2 sat(?:uration)?|oxygen saturation|pulse ox(?:imetry)?|saturation) (?:at rest|while resting|on room air|on ra)(?: (?:at rest|on room air|on ra))?`,
  `${notAGoal}(?:spo2|sao2|o2 sats?|sats?) (?:at )?rest(?:ing)?,? (?:on )?(?:ra|room air)`,
  // "Oxygen saturation: 84% on room air\": the number comes first, and no walk behind it.
  `${notAGoal}(?:spo2|sao2|sp02|o2 sat(?:uration)?|oxygen saturation|pulse ox(?:imetry)?)(?=(?:\\s|:|is|was|of)*\\d\\d\\s?(?:%|percent) (?:at rest )?on (?:room air|ra)(?![^.;]{0,30}(?:ambulat|walk|exer)))`,
]
const percent = ['%', 'percent']

/** A number of the note that contradicts the coded one: `measured` alone falls short beside it, and does not speak against it. */
const highAtRest = [
  `${notAGoal}(?:spo2|sao2|o2 sats?|oxygen saturation|pulse ox(?:imetry)?|saturation)(?: is| was| of|:)? (?:9\\d|100)\\s?(?:%|percent) (?:at rest,? (?:on )?(?:room air|ra)|(?:on )?(?:room air|ra),? at rest|(?:on )?(?:room air|ra)(?![^.;]{0,30}(?:ambulat|walk|exer)))`,
  `${notAGoal}(?:resting|room[- ]air) (?:spo2|sao2|o2 sats?|oxygen saturation|saturation|sats?)(?: is| was| of|:)? (?:9\\d|100)\\s?(?:%|percent)`,
]
const lowAtRest = [
  `${notAGoal}(?:resting|room[- ]air) (?:spo2|o2 sats?|oxygen saturation) (?:is |was |of )?8[0-8]\\s?(?:%|percent)`,
]

const exertion =
  '(?:ambulation|ambulating|walking|exertion|exercise|exertional|the walk(?: test)?|(?:6|six)[- ]minute walk(?: test)?)'
const saturation =
  '(?:spo2|sao2|sp02|o2 sats?|oxygen saturation|pulse ox(?:imetry)?|saturation|sats?)'
/** The number has to stand behind the term, so the term takes in the verb; whatever was on oxygen is left out. */
const exertionTerms = [
  `(?:with|during|on|after \\d+ (?:feet|minutes) of) ${exertion}(?: (?:on|without) (?:room air|ra|oxygen))?,? (?:(?:the|his|her|their) )?${saturation}(?: (?:dropped|fell|decreased|went down|desaturated|drops|falls|declined))?(?: to)?(?: a nadir of)?`,
  `(?:exertional|ambulatory|walking) ${saturation}(?: (?:on|without) (?:room air|ra|oxygen))?`,
  // "RA: 94 -> 82% at min 3", "walked on RA: 94 -> 82%", "walk test on room air, 360 meters, lowest saturation 92%".
  '(?:ra|room air):? \\d\\d\\s?%?\\s?(?:->|→)(?=\\s?\\d\\d\\s?% (?:at|by|after) min)',
  '(?:6\\s?mwt?|walk(?:ed| test)|ambulat(?:ed|ing|ion)|exertion)[^.;]{0,25} (?:ra|room air)[:,]? \\d\\d\\s?%?\\s?(?:->|→)',
  '(?:6\\s?mwt|walk(?:ed| test)|ambulat(?:ed|ing|ion)|exertion) (?:on )?(?:ra|room air)\\b[^.;]{0,40}? (?:lowest|nadir|minimum)(?: (?:spo2|saturation|sats?))?',
  `${saturation} (?:with|during|on) ${exertion}(?: (?:on|without) (?:room air|ra|oxygen))?(?: (?:dropped|fell|decreased|drops|falls|declined))?(?: to)?`,
]

export const policy: Policy = {
  policyId: 'home-oxygen',
  title: 'Oxygen at home',
  version: '2026.1',
  effectiveFrom: '2021-09-27',
  procedureCodes: ['E1390', 'E1392', 'E0424', 'E0431', 'E0434', 'E0439', 'K0738'],
  sources: {
    ncd: {
      document: 'CMS NCD 240.2: Home Use of Oxygen',
      section: 'B. Nationally covered indications, groups I and II, version 2',
      date: '2021-09-27',
      url: 'https://www.cms.gov/medicare-coverage-database/view/ncd.aspx?ncdid=169&ncdver=2',
      basis: 'published',
      verified: {
        on: '2026-11-24',
        by: 'the head and section B of the page at cms.gov up to the conflict of tests; the groups as given by homemedix.com and the table at PMC2648117',
      },
    },
    lcd: {
      document: 'DME MAC LCD L33797: Oxygen and Oxygen Equipment',
      section: 'testing during exercise: three tests in one session',
      date: '2023-04-01',
      url: 'https://www.cms.gov/medicare-coverage-database/view/lcd.aspx?lcdid=33797',
      basis: 'published',
      verified: {
        on: '2026-11-24',
        by: 'the exercise testing rules as given by hmescript.com/oxygen',
      },
    },
    ours: {
      document: 'AuthScript default rule set',
      section:
        'how old a qualifying test may be (30 days; the determination says "at the time of need"), and where an arterial PO2 speaks against an oximetry (60 mmHg)',
      date: '2026',
      basis: 'our_default',
    },
  },
  criteria: [
    {
      criterionId: 'oxygen_diagnosis',
      question: 'Is there a condition of the lungs, heart or chest that explains low oxygen?',
      missing: 'the diagnosis that explains the hypoxemia (ICD-10-CM)',
      effort: 'document',
      sources: ['ncd'],
      coded: (['order_reasons', 'conditions'] as const).map((from) => ({
        from,
        codes: [
          {
            system: 'icd10cm',
            under: [
              'J43',
              'J44',
              'J47',
              'J84',
              'J96.1',
              'E84.0',
              'E66.2',
              'I27',
              'I50',
              'C34',
              'D86.0',
              'D86.2',
              'G47.36',
              'R09.02',
            ],
          },
        ],
        words: [
          'copd',
          'chronic obstructive pulmonary',
          'emphysema',
          'pulmonary fibrosis',
          'hypox',
        ],
        ...(from === 'conditions' ? { where: "clinicalStatus = 'active'" } : {}),
      })),
    },
    {
      criterionId: 'pao2_55',
      question: 'Is the latest arterial PO2 55 mmHg or less?',
      missing: 'an arterial blood gas on room air, with its date',
      effort: 'test',
      sources: ['ncd'],
      coded: [
        {
          from: 'observations',
          codes: pressureCodes,
          words: ['pa\\s?o2\\b', 'arterial p\\s?o2'],
          value: { atMost: { value: 55, unit: 'mm[Hg]', source: 'ncd' } },
          latest: true,
        },
      ],
      notes: [
        {
          kind: 'measured',
          terms: pressureTerms,
          unitWords: pressureUnits,
          value: { atMost: { value: 55, unit: 'mm[Hg]', source: 'ncd' } },
        },
        // 55 mmHg are 7.33 kPa.
        {
          kind: 'measured',
          terms: pressureTerms,
          unitWords: ['kpa'],
          value: { atMost: { value: 7.33, unit: 'kPa', source: 'ncd' } },
        },
      ],
    },
    {
      criterionId: 'pao2_60',
      question: 'Is the latest arterial PO2 60 mmHg or more?',
      missing: 'an arterial blood gas on room air, with its date',
      effort: 'test',
      sources: ['ncd', 'ours'],
      silence: 'not_met',
      coded: [
        {
          from: 'observations',
          codes: pressureCodes,
          words: ['pa\\s?o2\\b', 'arterial p\\s?o2'],
          value: { atLeast: { value: 60, unit: 'mm[Hg]', source: 'ours' } },
          latest: true,
          within: { value: 30, unit: 'days', source: 'ours' },
        },
      ],
      notes: [
        {
          kind: 'measured',
          terms: pressureTerms,
          unitWords: pressureUnits,
          value: { atLeast: { value: 60, unit: 'mm[Hg]', source: 'ours' } },
        },
      ],
    },
    {
      criterionId: 'resting_saturation_88',
      question: 'Is the latest oxygen saturation at rest 88 % or less?',
      missing: 'an oximetry at rest on room air, with its date',
      effort: 'examine',
      sources: ['ncd'],
      coded: [
        {
          from: 'observations',
          codes: saturationCodes,
          words: ['spo2', 'oxygen saturation', 'pulse ox'],
          value: { atMost: { value: 88, unit: '%', source: 'ncd' } },
          latest: true,
        },
      ],
      notes: [
        {
          kind: 'measured',
          terms: restingTerms,
          unitWords: percent,
          value: { atMost: { value: 88, unit: '%', source: 'ncd' } },
        },
        { kind: 'finding', terms: lowAtRest, contraryTerms: highAtRest },
      ],
    },
    {
      criterionId: 'borderline_oxygen',
      question:
        'Is the latest arterial PO2 59 mmHg or less, or the saturation at rest 89 % or less?',
      missing: 'an oximetry or arterial blood gas at rest on room air, with its date',
      effort: 'examine',
      sources: ['ncd'],
      coded: [
        {
          from: 'observations',
          about: 'saturation',
          codes: saturationCodes,
          words: ['spo2', 'oxygen saturation', 'pulse ox'],
          value: { atMost: { value: 89, unit: '%', source: 'ncd' } },
          latest: true,
        },
        {
          from: 'observations',
          about: 'arterial gas',
          codes: pressureCodes,
          words: ['pa\\s?o2\\b', 'arterial p\\s?o2'],
          value: { atMost: { value: 59, unit: 'mm[Hg]', source: 'ncd' } },
          latest: true,
        },
      ],
      notes: [
        {
          kind: 'measured',
          about: 'saturation',
          terms: restingTerms,
          unitWords: percent,
          value: { atMost: { value: 89, unit: '%', source: 'ncd' } },
        },
        { kind: 'finding', about: 'saturation', terms: lowAtRest, contraryTerms: highAtRest },
        {
          kind: 'measured',
          about: 'arterial gas',
          terms: pressureTerms,
          unitWords: pressureUnits,
          value: { atMost: { value: 59, unit: 'mm[Hg]', source: 'ncd' } },
        },
      ],
    },
    {
      criterionId: 'heart_strain',
      question:
        'Is there dependent edema of heart failure, pulmonary hypertension or cor pulmonale?',
      missing: 'whether there is dependent edema, pulmonary hypertension or cor pulmonale',
      effort: 'examine',
      sources: ['ncd'],
      coded: [
        {
          from: 'conditions',
          about: 'pulmonary hypertension',
          codes: [{ system: 'icd10cm', under: ['I27.0', 'I27.2', 'I27.81'] }],
          words: ['pulmonary hypertension', 'cor pulmonale'],
          where: "clinicalStatus = 'active'",
        },
      ],
      notes: [
        {
          kind: 'finding',
          about: 'edema',
          terms: [
            '(?:dependent|pitting|pedal|ankle|leg|le|lower extremity|bilateral|peripheral) (?:pitting )?(?:lower extremity |leg |ankle |pedal )?edema',
            '[1-4]\\+ (?:pitting )?edema',
          ],
          widerTerms: ['edema', 'swelling'],
        },
        {
          kind: 'finding',
          about: 'pulmonary hypertension',
          terms: ['pulmonary (?:arterial )?hypertension', 'cor pulmonale', 'p[- ]pulmonale'],
        },
      ],
    },
    {
      criterionId: 'hematocrit_56',
      question: 'Is the latest hematocrit above 56 %?',
      missing: 'a hematocrit with its date',
      effort: 'test',
      sources: ['ncd'],
      coded: [
        {
          from: 'observations',
          codes: [{ system: 'loinc', codes: ['4544-3', '20570-8', '4545-0'] }],
          words: ['hematocrit'],
          value: { above: { value: 56, unit: '%', source: 'ncd' } },
          latest: true,
        },
      ],
      notes: [
        {
          kind: 'measured',
          terms: ['hematocrit', 'hct'],
          unitWords: percent,
          value: { above: { value: 56, unit: '%', source: 'ncd' } },
        },
      ],
    },
    {
      criterionId: 'exertional_saturation_88',
      question: 'Does the saturation without oxygen fall to 88 % or less on exertion?',
      missing: 'an oximetry during exertion without oxygen',
      effort: 'test',
      sources: ['ncd', 'lcd'],
      notes: [
        {
          kind: 'measured',
          terms: exertionTerms,
          unitWords: percent,
          value: { atMost: { value: 88, unit: '%', source: 'ncd' } },
          within: { value: 30, unit: 'days', source: 'ours' },
        },
      ],
    },
    {
      criterionId: 'improves_with_oxygen',
      question: 'Is it shown that oxygen corrects the fall on exertion?',
      missing: 'the saturation on exertion with oxygen, from the same session',
      effort: 'test',
      sources: ['lcd'],
      notes: [
        {
          kind: 'finding',
          terms: [
            `(?:with|during|on) ${exertion}[^.;]{0,80}? (?:improved|improves|increased|increases|recovered|rose|corrected|came up) to (?:9\\d|89)\\s?(?:%|percent) (?:on|with) (?:\\d(?:\\.\\d)?\\s?(?:l|liters?|lpm)|(?:supplemental )?oxygen|o2)`,
            `(?:with|during|on) ${exertion} (?:on|with) \\d(?:\\.\\d)?\\s?(?:l|lpm|liters?)(?:\\s?/\\s?min(?:ute)?| per minute| of oxygen| nc| by nasal cannula)*,? (?:(?:the|his|her|their) )?${saturation} (?:improved to|increased to|recovered to|rose to|remained|stayed|was|held)(?: at| above)? (?:9\\d|89)`,
            '(?:repeat(?:ed)?|repeat walk|walked again) (?:on|with) \\d(?:\\.\\d)?\\s?(?:l|lpm|liters?)(?: nc| o2)?[:,]? (?:nadir|lowest|minimum|held|stayed)(?: spo2| sat(?:uration)?)?(?: at| of)? (?:9\\d|89)\\s?(?:%|percent)',
          ],
          contraryTerms: [
            '(?:did|does) not (?:improve|correct|increase) (?:on|with) (?:\\d\\s?(?:l|liters?|lpm)|(?:supplemental )?oxygen|o2)',
          ],
        },
      ],
    },
  ],
  always: { criterion: 'oxygen_diagnosis' },
  pathways: [
    {
      pathwayId: 'group_1_rest',
      label: 'Group I: hypoxemia at rest',
      rule: {
        any: [
          { criterion: 'pao2_55', within: { value: 30, unit: 'days', source: 'ours' } },
          {
            // Where gas and oximetry disagree, the determination prefers the gas.
            all: [
              {
                criterion: 'resting_saturation_88',
                within: { value: 30, unit: 'days', source: 'ours' },
              },
              { unless: { criterion: 'pao2_60' } },
            ],
          },
        ],
      },
    },
    {
      pathwayId: 'group_1_exertion',
      label: 'Group I: a fall on exertion that oxygen corrects',
      rule: {
        all: [{ criterion: 'exertional_saturation_88' }, { criterion: 'improves_with_oxygen' }],
      },
    },
    {
      pathwayId: 'group_2',
      label: 'Group II: borderline oxygen with strain of the heart or erythrocythemia',
      rule: {
        all: [
          {
            criterion: 'borderline_oxygen',
            within: { value: 30, unit: 'days', source: 'ours' },
          },
          { unless: { criterion: 'pao2_60' } },
          { any: [{ criterion: 'heart_strain' }, { criterion: 'hematocrit_56' }] },
        ],
      },
    },
  ],
}
