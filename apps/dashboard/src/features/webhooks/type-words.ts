import type { WebhookType } from '@authscript/prior-auth'

/** When a message of a type is sent. */
export const typeWords: Readonly<Record<WebhookType, string>> = {
  'form.ready': 'a form is ready for review',
  'form.approved': 'a form was approved',
  'form.in_chart': 'a form is in the chart',
  'payer.decided': "the payer's decision was recorded",
}
