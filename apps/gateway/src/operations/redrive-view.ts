import type { RedriveView } from '@authscript/prior-auth'
import type { RedriveRow } from '../store/redrives.ts'

export function toRedriveView(row: RedriveRow): RedriveView {
  return {
    redriveId: String(row.redrive_id),
    code: row.code,
    practiceIds: [...row.practice_ids],
    state: row.outcome ?? (row.stop_asked ? 'stopping' : 'running'),
    redrivenCount: row.redriven_count,
    ofCount: row.of_count,
    by: row.actor.label,
    askedAt: row.asked_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  }
}
