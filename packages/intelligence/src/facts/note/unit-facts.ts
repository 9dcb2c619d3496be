import { readableText, type Unit } from '../../document/note-document.ts'
import type { Concept } from '../../lexicon/concept.ts'
import type { Mention } from '../../lexicon/mention.ts'
import type { Assertion } from '../../modifiers/assertion.ts'
import { composedConcept } from '../composed-concept.ts'
import type { Fact, Finding } from '../fact.ts'
import { deniedBy } from './denied-facts.ts'
import { deniedNow } from './denied-now.ts'
import { findingOf } from './finding-facts.ts'
import { functionOf } from './function-facts.ts'
import { isReadAsNormal, normalOf } from './normal-study.ts'
import { MeasurementFacts } from './measurement-facts.ts'
import { mayImply } from './implied-measures.ts'
import { hasNeeded } from './needed-values.ts'
import { type Place, placeOf } from './places.ts'
import { sidedAnswers } from './sided-answers.ts'
import { isNameOfPlace, studyOf } from './study-facts.ts'
import { undoneTests } from './undone-tests.ts'
import { TherapyFacts } from './therapy-facts.ts'
import { isRow, type ParsedUnit } from './parsed-unit.ts'
import { mentionsOfKind, type FactCandidate, type UnitScope } from './unit-scope.ts'

/**
 * The facts of one unit, in the order of its mentions. `next` is the following unit, which may add to a therapy;
 * `previous` is the preceding one, which may name what a value belongs to.
 */
export function factsOfUnit(
  scope: UnitScope,
  next: ParsedUnit | undefined,
  previous: ParsedUnit | undefined,
): readonly Fact[] {
  const before = new Set(scope.parsed.leadConcepts)
  if (previous !== undefined && previous.unit.section === scope.parsed.unit.section)
    for (const { conceptId } of previous.mentions) before.add(conceptId)
  const { mentions, headers } = scope.parsed
  const isEmpty = mentions.length === 0 && before.size === 0 && headers.size === 0
  return isEmpty ? [] : new UnitFacts(scope, next, before).facts()
}

/** In characters after the beginning of a name. */
const maxKeyDistance = 60

class UnitFacts {
  readonly #scope: UnitScope
  readonly #next: ParsedUnit | undefined
  readonly #before: ReadonlySet<string>
  #measurements: MeasurementFacts | undefined
  #therapies: TherapyFacts | undefined
  #findings: readonly Mention[] | undefined

  constructor(scope: UnitScope, next: ParsedUnit | undefined, before: ReadonlySet<string>) {
    this.#scope = scope
    this.#next = next
    this.#before = before
  }

  facts(): readonly Fact[] {
    const { parsed, lexicon } = this.#scope
    const named = parsed.targets.flatMap((target): readonly Fact[] => {
      const { mention } = target
      const concept = mention === undefined ? undefined : lexicon.get(mention.conceptId)
      const said = mention === undefined ? undefined : parsed.assertions.get(mention)
      if (mention === undefined || concept === undefined || said === undefined) return []
      const assertion = this.#withNeeds(concept.needs, said)
      const place = placeOf(
        mention,
        parsed.places,
        parsed.around,
        lexicon,
        assertion.status === 'denied' || mention.denied === true,
      )
      const candidate = { target, ...this.#composed(mention, concept, place), assertion, place }
      const facts = [
        ...this.#factsOf(candidate),
        ...deniedBy(this.#scope, candidate),
        ...this.#ofNormalStudy(candidate),
      ]
      return facts.map((fact) => deniedNow(fact, this.#scope.document, parsed.unit.quote, mention))
    })
    const said = withoutReasons([...named, ...undoneTests(this.#scope)], parsed.unit)
    const mayMeasure =
      this.#measurements !== undefined ||
      isRow(parsed.unit) ||
      mayImply(parsed.mentions, this.#before, lexicon)
    if (!mayMeasure) return said
    const measurements = this.#measurementFacts()
    return [...said, ...measurements.headed(), ...measurements.implied()]
  }

  /** What a study with a normal result rules out: "hip x-ray: normal". */
  #ofNormalStudy(candidate: FactCandidate): readonly Fact[] {
    const { mention, concept, assertion } = candidate
    const normal =
      concept.kind === 'study' ? this.#scope.lexicon.get(normalOf(concept.id)) : undefined
    if (normal === undefined || !isReadAsNormal(this.#scope.parsed, mention)) return []
    const isDone = assertion.phase === 'done' || assertion.phase === 'not_stated'
    return isDone ? deniedBy(this.#scope, { ...candidate, concept: normal }) : []
  }

  #ofEachSide(finding: Finding, { start, end }: Mention): readonly Finding[] {
    const { text, unit } = this.#scope.parsed
    const isStated =
      unit.polarity === undefined &&
      finding.assertion.subject === 'patient' &&
      (finding.assertion.status === 'affirmed' || finding.assertion.status === 'denied')
    // The text of an observable includes its value, so the statement about the sides begins after the key.
    const at = Math.max(0, start - unit.start)
    const key = text.slice(at, at + maxKeyDistance).indexOf(':')
    const from = key > 0 ? at + key + 1 : Math.max(0, end - unit.start)
    const sides = isStated
      ? sidedAnswers(text.slice(from, from + 200).replace(/^[\s–-]+/, ''))
      : undefined
    if (sides === undefined) return [finding]
    return [...sides].map(([side, isThere]) => ({
      ...finding,
      side,
      assertion: { ...finding.assertion, status: isThere ? 'affirmed' : 'denied' },
    }))
  }

  #measurementFacts(): MeasurementFacts {
    return (this.#measurements ??= new MeasurementFacts(this.#scope, this.#before))
  }

  /** Possible findings of a study. */
  #findingMentions(): readonly Mention[] {
    return (this.#findings ??= mentionsOfKind(this.#scope, ['finding', 'sign', 'disease']))
  }

  /** Uses the narrower concept for the mention and its stated part of the body. */
  #composed(
    mention: Mention,
    concept: Concept,
    place: Place,
  ): Pick<FactCandidate, 'mention' | 'concept'> {
    const { lexicon } = this.#scope
    const conceptId = composedConcept(concept, place.sites, lexicon)
    const composed = conceptId === concept.id ? undefined : lexicon.get(conceptId)
    return composed === undefined
      ? { mention, concept }
      : { mention: { ...mention, conceptId }, concept: composed }
  }

  /** A mention without the values that its concept requires settles nothing. */
  #withNeeds(needs: FactCandidate['concept']['needs'], assertion: Assertion): Assertion {
    const { parsed, noteDay } = this.#scope
    return needs === undefined || hasNeeded(needs, parsed, this.#next, noteDay)
      ? assertion
      : { ...assertion, status: 'unsettled' }
  }

  #factsOf(candidate: FactCandidate): readonly Fact[] {
    const { kind } = candidate.concept
    switch (kind) {
      case 'finding':
      case 'sign':
      case 'disease':
      case 'device':
        return this.#ofEachSide(findingOf(this.#scope, candidate), candidate.mention)
      case 'therapy':
      case 'drug':
        this.#therapies ??= new TherapyFacts(
          this.#scope,
          this.#next,
          readableText(this.#scope.document),
        )
        return [this.#therapies.factOf(candidate)]
      case 'study':
        return isNameOfPlace(this.#scope, candidate.mention)
          ? []
          : [studyOf(this.#scope, candidate, this.#findingMentions(), this.#next)]
      case 'measure':
      case 'score':
        return this.#measurementFacts().factsOf(candidate)
      case 'function':
        return [functionOf(this.#scope, candidate)]
      case 'site':
      case 'observable':
        return []
      default:
        return kind satisfies never
    }
  }
}

/** "Tylenol for fever" on a drug list states an indication, not that the fever is present. */
function withoutReasons(facts: readonly Fact[], { section }: Unit): readonly Fact[] {
  const reasons = new Set(
    facts.flatMap((one) =>
      one.kind === 'therapy' &&
      (section.kind === 'medications' || one.assertion.phase === 'planned')
        ? (one.givenFor ?? [])
        : [],
    ),
  )
  if (reasons.size === 0) return facts
  return facts.map((one) =>
    one.kind === 'finding' && one.assertion.status === 'affirmed' && reasons.has(one.conceptId)
      ? { ...one, assertion: { ...one.assertion, status: 'unsettled' } }
      : one,
  )
}
