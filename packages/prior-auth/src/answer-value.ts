import { z } from 'zod'

/** Three-valued: `unclear` when the chart is silent, contradicts itself, or could not be read (invariant 3). */
export const answerValue = z.enum(['met', 'not_met', 'unclear'])

export type AnswerValue = z.infer<typeof answerValue>
