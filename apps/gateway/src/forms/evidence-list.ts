import type { FormContent } from '@authscript/prior-auth'
import { answerWords } from './answers.ts'

type Criteria = FormContent['criteria']

export interface QuestionLines {
  /** `3. Question?  Yes` */
  readonly heading: string
  readonly lines: readonly string[]
}

interface Numbered {
  readonly number: number
  readonly question: number
}

/** The label before a piece of evidence that says whether it supports its question. */
const stance = /^(against|mentioned): /

/**
 * Each question with its evidence. A piece of evidence is printed once, with a number by which later questions refer to it, even if it
 * supports one and contradicts the other.
 */
export function evidenceOf(criteria: Criteria): readonly QuestionLines[] {
  const numbers = new Map<string, Numbered>()
  return criteria.map(({ question, answer, reason, evidence }, index) => {
    const repeated: string[] = []
    const lines = evidence.flatMap((line) => {
      const piece = line.replace(stance, '')
      const known = numbers.get(piece)
      if (known !== undefined) {
        const [, how] = stance.exec(line) ?? []
        const where = `E${known.number} (question ${known.question})`
        repeated.push(how === undefined ? where : `${where}, ${how}`)
        return []
      }
      const number = numbers.size + 1
      numbers.set(piece, { number, question: index + 1 })
      return [`E${number}: ${line}`]
    })
    return {
      heading: `${index + 1}. ${question}  ${answerWords[answer]}`,
      lines: [
        sentence(reason),
        ...lines,
        ...(repeated.length === 0 ? [] : [`See also ${repeated.join('; ')}.`]),
      ],
    }
  })
}

/** The paragraphs of a narrative that say more than the list of evidence, which is printed anyway. */
export function beyondEvidence(narrative: string, criteria: Criteria): string {
  return narrative
    .split('\n')
    .filter((paragraph) => !criteria.some((criterion) => isFrom(paragraph, criterion)))
    .join('\n')
}

function isFrom(
  paragraph: string,
  { question, answer, reason, evidence }: Criteria[number],
): boolean {
  const start = `${question} ${answerWords[answer]}:`
  if (!paragraph.startsWith(start)) return false
  let rest = paragraph.slice(start.length)
  for (const said of [...evidence, reason].toSorted((one, other) => other.length - one.length))
    rest = rest.replaceAll(said, ' ')
  return /^[\s;.]*$/.test(rest)
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`
}
