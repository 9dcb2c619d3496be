import type {
  Concept,
  DocumentEntry,
  MeasuredValue,
  ObservationEntry,
  WorkItemSource,
} from '@authscript/prior-auth'
import type { StoredChart } from '../store/charts.ts'

type CodedLine = WorkItemSource['problems'][number]

/** The chart as people check answers against it: newest first, what is undated last. */
export function toSourceView({ bundle, readAt }: StoredChart): WorkItemSource {
  return {
    readAt: readAt.toISOString(),
    documents: newestFirst(bundle.documents.map(toDocument)),
    problems: newestFirst(
      bundle.conditions.map((one) => ({
        ...toLine(one.source.resourceId, one.code),
        date: one.onsetDate ?? one.recordedDate ?? null,
        status: statusOf(one.clinicalStatus, one.verificationStatus),
      })),
    ),
    medications: newestFirst(
      bundle.medications.map((one) => ({
        ...toLine(one.source.resourceId, one.medication, one.dosage),
        // A bare RxNorm number says nothing to people.
        code: null,
        date: one.authoredOn ?? null,
        status: one.status ?? null,
      })),
    ),
    procedures: newestFirst(
      bundle.procedures.map((one) => ({
        ...toLine(one.source.resourceId, one.code),
        date: one.performedStart ?? one.performedEnd ?? null,
        status: one.status ?? null,
      })),
    ),
    results: newestFirst([
      ...bundle.observations.map((one) => ({
        ...toLine(one.source.resourceId, one.code, valuesOf(one)),
        date: one.effectiveDate ?? null,
        status: one.status ?? null,
      })),
      ...(bundle.reports ?? []).map((one) => ({
        ...toLine(one.source.resourceId, one.code),
        date: one.effectiveDate ?? null,
        status: one.status ?? null,
      })),
    ]),
  }
}

function toDocument(document: DocumentEntry): WorkItemSource['documents'][number] {
  const { source, type, title, date } = document
  return {
    resourceId: source.resourceId,
    title: title ?? textOf(type) ?? 'Document',
    date: date ?? null,
    ...contentOf(document),
  }
}

function contentOf({ content, isRestricted }: DocumentEntry): {
  readonly text: string | null
  readonly unreadReason: string | null
} {
  if (content.kind === 'unread') return { text: null, unreadReason: content.reason }
  if (isRestricted === true)
    return { text: null, unreadReason: 'the EHR marks it as restricted; it was not used' }
  const unread = content.unreadParts?.map(({ reason }) => reason) ?? []
  return { text: content.text, unreadReason: unread.length === 0 ? null : unread.join('; ') }
}

function toLine(
  resourceId: string,
  concept: Concept,
  addition?: string,
): Pick<CodedLine, 'resourceId' | 'text' | 'code'> {
  const text = textOf(concept) ?? 'without a name'
  return {
    resourceId,
    text: addition === undefined || addition === '' ? text : `${text}: ${addition}`,
    code: concept.codings.find(({ code }) => code !== undefined)?.code ?? null,
  }
}

function textOf({ text, codings }: Concept): string | undefined {
  return text ?? codings.find(({ display }) => display !== undefined)?.display
}

function statusOf(...parts: readonly (string | undefined)[]): string | null {
  const stated = parts.filter((part) => part !== undefined)
  return stated.length === 0 ? null : stated.join(', ')
}

function valuesOf({ value, components }: ObservationEntry): string {
  const parts = components.flatMap((one) =>
    one.value === undefined ? [] : [`${textOf(one.code) ?? ''} ${toText(one.value)}`.trim()],
  )
  return [...(value === undefined ? [] : [toText(value)]), ...parts].join(', ')
}

function toText(value: MeasuredValue): string {
  switch (value.kind) {
    case 'quantity':
      return `${value.comparator ?? ''}${value.value}${value.unit === undefined ? '' : ` ${value.unit}`}`
    case 'concept':
      return textOf(value.concept) ?? ''
    case 'text':
      return value.text
    case 'boolean':
      return value.value ? 'yes' : 'no'
    case 'range':
      return `${value.low ?? ''}–${value.high ?? ''}${value.unit === undefined ? '' : ` ${value.unit}`}`
  }
}

function newestFirst<Dated extends { readonly date: string | null }>(
  lines: readonly Dated[],
): Dated[] {
  return lines.toSorted((one, other) => (other.date ?? '').localeCompare(one.date ?? ''))
}
