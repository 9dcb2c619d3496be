import type { ComparedExcerpt } from './compare-excerpt.ts'
import { f1Of, figuresOf, precisionOf, recallOf } from './figures.ts'

/** The sample's figures as the rows of a Markdown table, after a line with the amount that was read. */
export function tableOf(compared: readonly ComparedExcerpt[]): readonly string[] {
  const characters = compared.reduce((sum, { text }) => sum + text.length, 0)
  return [
    `${compared.length} excerpts, ${characters} characters`,
    '',
    '| | Annotated | Read | Precision | Recall | F1 |',
    '| --- | --- | --- | --- | --- | --- |',
    ...figuresOf(compared).map((figure) => {
      const shares = [precisionOf(figure), recallOf(figure), f1Of(figure)]
      const cells = [
        figure.name,
        figure.annotated,
        figure.read,
        ...shares.map((one) => one.toFixed(3)),
      ]
      return `| ${cells.join(' | ')} |`
    }),
  ]
}
