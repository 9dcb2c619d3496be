import type { Comparison } from './compare.ts'

/** Why an answer differs from its label, from what it is based on: the stage to examine first. */
export function causeOf({ answer, truth, grounds }: Comparison): string | undefined {
  if (answer === truth) return undefined
  switch (answer) {
    case 'met':
      return truth === 'not_met'
        ? 'yes, but the chart says no'
        : 'yes, but the chart leaves it open'
    case 'not_met':
      return grounds === 'absence' ? 'no, by silence' : 'no, by what was read'
    case 'unclear':
      return openCauses[grounds]
    default:
      return answer satisfies never
  }
}

const openCauses: Readonly<Record<Comparison['grounds'], string>> = {
  silent: 'open: nothing found',
  mentioned: 'open: found, not settled',
  contradiction: 'open: contradicts itself',
  unread: 'open: not read completely',
  evidence: 'open: by evidence',
  absence: 'open: by silence',
}
