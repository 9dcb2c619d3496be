import { z } from 'zod'
import { about, decimal, integer, key, megabyte } from '../config/fields.ts'

export const eventsSection = about(
  z
    .strictObject({
      HeartbeatSeconds: key(decimal(0.05, 600).default(15), {
        unit: 'seconds',
        effect:
          'How often an idle stream sends a comment. It must be shorter than the idle timeout of proxies. Streams end within one heartbeat of sign-out.',
      }),
      MaxStreams: key(integer(1, 100_000).default(2000), {
        unit: 'streams',
        effect:
          'Event streams that may be open on this node. One more is answered 503, unless another caller has more of them: then a stream of the caller who has most ends.',
      }),
      MaxClientBufferBytes: key(integer(1024, 64 * megabyte).default(256 * 1024), {
        unit: 'bytes',
        effect:
          'Unsent bytes that are kept for one reader. A reader that reads none of them for two heartbeats is disconnected; it reconnects and replays.',
      }),
      RetentionDays: key(integer(1, 3650).default(30), {
        unit: 'days',
        effect: 'Older events are deleted. A reader that returns after them is notified of a gap.',
      }),
      RetentionCount: key(integer(1000, 1_000_000_000).default(1_000_000), {
        unit: 'events',
        effect: 'Only this many of the newest events are kept.',
      }),
    })
    .prefault({}),
  'Live event streams, and how long events are kept.',
)
