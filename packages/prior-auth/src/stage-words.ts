import type { OrderStage } from './queue-api.ts'

/** What people call each stage: on the page and in files that leave it. */
export const stageWords: Readonly<Record<OrderStage, string>> = {
  needs_information: 'Needs information',
  information_asked: 'Information asked',
  not_met: 'Criteria not met',
  no_criteria: 'No criteria',
  not_required: 'Not required',
  ready_to_sign: 'Ready to sign',
  filing: 'Going to chart',
  filing_failed: 'Not in chart',
  to_send: 'In chart, to send',
  waiting_for_payer: 'Waiting for payer',
  more_information_asked: 'More information asked',
  authorized: 'Approved by payer',
  denied: 'Denied by payer',
  closed: 'Closed',
  superseded: 'Superseded',
}
