import { writeFileSync } from 'node:fs'
import type { NamedReporterContract } from '@japa/runner/types'

interface Summary {
  passed: number
  failed: number
  skipped: { title: string; reason: string }[]
  ranBySuite: Record<string, number>
}

/** Leaves the counts of the run as JSON in `file`, for the task that started the runner. */
export function summaryReporter(file: string): NamedReporterContract {
  return {
    name: 'summary',
    handler(runner, emitter) {
      const skipped: Summary['skipped'] = []
      const ranBySuite: Summary['ranBySuite'] = {}
      let suite = ''

      emitter.on('suite:start', ({ name }) => {
        suite = name
      })
      emitter.on('test:end', ({ title, isSkipped, skipReason }) => {
        ranBySuite[suite] = (ranBySuite[suite] ?? 0) + 1
        if (isSkipped) {
          skipped.push({ title: title.expanded, reason: skipReason ?? 'no reason given' })
        }
      })
      emitter.on('runner:end', () => {
        const { aggregates, hasError } = runner.getSummary()
        // A hook that fails fails the run, although no test did.
        const failed = Math.max(aggregates.failed, hasError ? 1 : 0)
        const summary: Summary = { passed: aggregates.passed, failed, skipped, ranBySuite }
        writeFileSync(file, JSON.stringify(summary))
      })
    },
  }
}
