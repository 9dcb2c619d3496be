import { lazyPart } from '../ui/lazy-part.tsx'
import { Skeleton } from '../ui/notice.tsx'

/** Webhooks, with a script of its own: only administrators and operators open it. */
export const WebhooksPart = lazyPart(
  async () => (await import('./webhooks/webhooks-page.tsx')).WebhooksPage,
  <Skeleton rows={6} />,
)
