import type { QueueView } from '@authscript/prior-auth'

export const viewLabels: Readonly<Record<QueueView, string>> = {
  mine: 'Mine',
  open: 'Open',
  needs_information: 'Needs information',
  information_asked: 'Information asked',
  no_criteria: 'No criteria',
  ready_to_sign: 'Ready to sign',
  to_send: 'To send',
  waiting_for_payer: 'Waiting for payer',
  failed: 'Failed',
  all: 'All',
}
