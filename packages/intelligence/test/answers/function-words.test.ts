import type { ChartSketch } from '@authscript/labelled-cases'
import { describe, expect, it } from 'vitest'
import { answererFor } from './answer-of.ts'

const orders = {
  'outpatient-physical-therapy': { code: '97110', reasons: ['M54.50'] },
  'total-hip-arthroplasty': {
    code: '27130',
    text: 'Left total hip arthroplasty',
    reasons: ['M16.12'],
  },
  'total-knee-arthroplasty': {
    code: '27447',
    text: 'Right total knee arthroplasty',
    reasons: ['M17.11'],
  },
} as const satisfies Record<string, ChartSketch['order']>

const answerOf = answererFor(orders)

describe('what the patient can and cannot do, in clinical wording', () => {
  it.each([
    [
      'total-knee-arthroplasty',
      'functional_limitation',
      'Right knee: standing past 2 hr is a struggle.',
      'met',
    ],
    [
      'total-knee-arthroplasty',
      'functional_limitation',
      'Right knee pain: getting in and out of the cab and using the brake are what hurt. Walks maybe 10 minutes.',
      'met',
    ],
    [
      'total-knee-arthroplasty',
      'functional_limitation',
      'R knee. Going up or down stairs .......... Extreme\nRising from sitting ........ Severe',
      'met',
    ],
    [
      'total-knee-arthroplasty',
      'functional_limitation',
      'Right knee OA. Stairs are murder.',
      'met',
    ],
    [
      'total-knee-arthroplasty',
      'functional_limitation',
      'Right knee. Getting up from a chair takes two tries.',
      'met',
    ],
    [
      'total-knee-arthroplasty',
      'functional_limitation',
      'Because of the right knee he has given up walking the dog.',
      'met',
    ],
    ['total-knee-arthroplasty', 'functional_limitation', 'Right knee: she avoids stairs.', 'met'],
    [
      'total-knee-arthroplasty',
      'functional_limitation',
      'Right knee: difficulty getting out of a car.',
      'met',
    ],
    [
      'total-knee-arthroplasty',
      'functional_limitation',
      'Right knee: walks maybe 10 minutes.',
      'met',
    ],
    [
      'total-knee-arthroplasty',
      'functional_limitation',
      'Right knee: kneeling is out of the question.',
      'met',
    ],
    [
      'total-knee-arthroplasty',
      'functional_limitation',
      'Right knee: wakes most nights with it.',
      'met',
    ],
    [
      'total-knee-arthroplasty',
      'functional_limitation',
      'Right knee: cut her walking to two blocks, takes stairs one at a time.',
      'met',
    ],
    [
      'total-knee-arthroplasty',
      'functional_limitation',
      'Right knee: walks two miles a day without difficulty and denies difficulty with stairs.',
      'not_met',
    ],
    [
      'total-knee-arthroplasty',
      'functional_limitation',
      'Right knee: works, drives, sleeps without trouble, walks 3 miles daily, stairs fine.',
      'not_met',
    ],
    [
      'total-knee-arthroplasty',
      'functional_limitation',
      'Right knee: golfs 18 holes walking and took the stairs up to our office. Sleeps fine.',
      'not_met',
    ],
    [
      'total-knee-arthroplasty',
      'functional_limitation',
      'Right knee: works as a cashier.',
      'unclear',
    ],
    ['total-knee-arthroplasty', 'functional_limitation', 'Exam: antalgic gait.', 'unclear'],
    ['outpatient-physical-therapy', 'functional_limitation', 'He finds overhead work sore.', 'met'],
    [
      'outpatient-physical-therapy',
      'functional_limitation',
      'Afraid of stairs, stopped going to church.',
      'met',
    ],
    ['outpatient-physical-therapy', 'functional_limitation', 'Cannot reach overhead shelf.', 'met'],
    ['outpatient-physical-therapy', 'functional_limitation', 'Lifting her toddler is hard.', 'met'],
    [
      'outpatient-physical-therapy',
      'functional_limitation',
      'Works, drives, sleeps, lifts kids w/o trouble.',
      'not_met',
    ],
    [
      'outpatient-physical-therapy',
      'functional_limitation',
      'Does all her housework and her job without any problem.',
      'not_met',
    ],
    ['outpatient-physical-therapy', 'functional_limitation', 'No functional limits.', 'not_met'],
    ['outpatient-physical-therapy', 'functional_limitation', 'Pain comes and goes.', 'unclear'],
    [
      'total-hip-arthroplasty',
      'functional_limitation',
      'Left hip: he needs a cane, difficulty getting out of a car.',
      'met',
    ],
    ['total-hip-arthroplasty', 'functional_limitation', 'Left hip: cannot put on his sock.', 'met'],
    [
      'total-knee-arthroplasty',
      'functional_limitation',
      'Right knee: walks 10 minutes daily for exercise.',
      'unclear',
    ],
    [
      'total-knee-arthroplasty',
      'functional_limitation',
      'Right knee: drives 10 minutes to work.',
      'unclear',
    ],
    [
      'total-knee-arthroplasty',
      'functional_limitation',
      'Right knee: can walk half a block.',
      'met',
    ],
    [
      'total-knee-arthroplasty',
      'functional_limitation',
      'Right knee: walks perhaps 2 blocks before stopping.',
      'met',
    ],
    [
      'total-knee-arthroplasty',
      'functional_limitation',
      'Right knee: walking, stairs and kneeling without trouble.',
      'not_met',
    ],
    [
      'total-knee-arthroplasty',
      'functional_limitation',
      'Right knee: walking, stairs, kneeling are hard.',
      'met',
    ],
    [
      'total-knee-arthroplasty',
      'functional_limitation',
      'Goals: walk 10 minutes, right knee.',
      'unclear',
    ],
    [
      'total-knee-arthroplasty',
      'functional_limitation',
      'Sleep: severe sleep apnea. Right knee exam.',
      'unclear',
    ],
    [
      'total-knee-arthroplasty',
      'functional_limitation',
      'Left knee: stairs are murder.',
      'unclear',
    ],
  ] as const)('%s, %s: %s', (policyId, criterionId, note, expected) => {
    expect(answerOf(policyId, criterionId, note)).toBe(expected)
  })
})
