import { parseYaml as parse } from '../../src/yaml/parse-yaml.ts'
import { type Answered, answerCriterion } from '../../src/answers/answer-criterion.ts'
import { type Criterion, criterion } from '../../src/policy/criterion.ts'
import { aChart, type FactChart } from './a-chart.ts'

/** A criterion from the YAML of its relevant keys; the rest is filled in. */
export function aQuestion(yaml: string): Criterion {
  return criterion.parse({
    criterionId: 'it',
    question: 'Is it so?',
    missing: 'whether it is so',
    effort: 'document',
    sources: ['paper'],
    ...(parse(yaml) as object),
  })
}

export function ask(yaml: string, chart: FactChart): Answered {
  const { store, context } = aChart(chart)
  return answerCriterion(aQuestion(yaml), store, context)
}
