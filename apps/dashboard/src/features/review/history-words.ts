import { americanDate, answerValue, type HistoryEntry } from '@authscript/prior-auth'
import { boxOf, shownValue } from './form/form-boxes.ts'
import { answerWords } from './questions/question-order.ts'

/** One line of the history as a sentence: "J. Ruiz changed the answer to “…” from No to Yes: seen on the film". */
export function historySentence(
  { kind, actor, data }: HistoryEntry,
  questionOf: (criterionId: string) => string | undefined,
): string {
  const who = actor ?? 'The gateway'
  const text = (key: string) => {
    const value = data[key]
    return value === null || value === undefined || value === '' ? undefined : String(value)
  }
  const day = (key: string) => {
    const value = text(key)
    return value === undefined ? undefined : americanDate(value)
  }
  const because = (key = 'reason') => (text(key) === undefined ? '' : `: ${text(key)}`)
  const question = questionOf(text('criterionId') ?? '') ?? text('question') ?? 'a question'
  switch (kind) {
    case 'drafted':
      return 'The gateway assessed the chart and filled the form'
    case 'answer_changed': {
      const [from, to] = [answerWord(text('from')), answerWord(text('answer') ?? text('to'))]
      return `${who} changed “${question}”${from === undefined ? '' : ` from ${from}`}${to === undefined ? '' : ` to ${to}`}${because()}`
    }
    case 'answer_restored':
      return `${who} went back to the chart’s answer to “${question}”`
    case 'form_changed':
      return `${who} completed the form${boxesChanged(data)}`
    case 'assigned':
      return text('owner') === undefined
        ? `${who} removed the owner`
        : `${who} assigned this order to ${text('owner')}`
    case 'handed_over':
      return `${who} handed this order to ${text('owner') ?? 'a clinician'}`
    case 'note':
      return `${who}: ${text('text') ?? ''}`
    case 'information_asked':
      return `${who} asked ${text('of') ?? 'somebody'}${day('dueOn') === undefined ? '' : `, to be answered by ${day('dueOn')}`}${because('what')}`
    case 'information_answered':
      return `${who} entered the answer of ${text('of') ?? 'somebody'}${because('answer')}`
    case 'information_withdrawn':
      return `${who} ended the request to ${text('of') ?? 'somebody'} without an answer${because()}`
    case 'attached':
      return `${who} attached “${text('name') ?? 'a file'}”`
    case 'attachment_removed':
      return `${who} removed the attachment “${text('name') ?? 'a file'}”`
    case 'approved':
      return `${who} approved the form${text('signature') === undefined ? '' : ' and placed their signature'}${because()}`
    case 'closed':
      return `${who} closed this order${because()}`
    case 'reopened':
      return `${who} re-opened this order${because()}`
    case 'superseded':
      return 'The chart changed in the EHR, and this draft is out of date'
    case 'in_chart':
      return 'The form is in the chart'
    case 'sent':
      return [
        `${who} sent the request to the payer`,
        methodWord(text('method')),
        dated(day('on')),
        text('reference') === undefined ? undefined : `reference ${text('reference')}`,
      ]
        .filter((part) => part !== undefined)
        .join(', ')
    case 'sent_undone':
      return `${who} undid the entry that the request was sent to the payer`
    case 'more_information_asked':
      return `The payer asked for more information${dated(day('on'), ' ')}${because('what')}`
    case 'authorized':
      return [
        `The payer approved the request${dated(day('on'), ' ')}`,
        text('authorizationNumber') === undefined
          ? undefined
          : `number ${text('authorizationNumber')}`,
        validity(day('validFrom'), day('validTo')),
        text('units') === undefined ? undefined : `units ${text('units')}`,
      ]
        .filter((part) => part !== undefined)
        .join(', ')
    case 'denied':
      return `The payer denied the request${dated(day('on'), ' ')}${because()}`
    case 'reprocessed':
      return `${who} had the chart read again${text('review') === 'approved' || text('review') === 'submitted' ? '; the approval and the approved form stayed as they were' : ''}`
    default:
      return kind satisfies never
  }
}

function answerWord(value: string | undefined): string | undefined {
  const known = answerValue.safeParse(value)
  return known.success ? answerWords[known.data] : value
}

const methods: Readonly<Record<string, string>> = {
  fax: 'by fax',
  portal: 'on the payer’s portal',
  phone: 'by phone',
  mail: 'by mail',
  electronic: 'electronically',
}

export function methodWord(method: string | undefined): string | undefined {
  return method === undefined ? undefined : (methods[method] ?? method)
}

function dated(day: string | undefined, before = ''): string {
  return day === undefined ? '' : `${before}on ${day}`
}

function validity(from: string | undefined, to: string | undefined): string | undefined {
  if (from === undefined && to === undefined) return undefined
  return [
    'valid',
    from === undefined ? undefined : `from ${from}`,
    to === undefined ? undefined : `to ${to}`,
  ]
    .filter((part) => part !== undefined)
    .join(' ')
}

/** Which boxes got which text, where the history says so by field. */
function boxesChanged(data: HistoryEntry['data']): string {
  const boxes = Object.entries(data).flatMap(([field, value]) => {
    const box = boxOf(field)
    if (box === undefined) return []
    return [
      value === null ? `${box.label} emptied` : `${box.label} “${shownValue(box, String(value))}”`,
    ]
  })
  return boxes.length === 0 ? '' : `: ${boxes.join(', ')}`
}
