/*
| What a plugin's tests share: read a source to its end and hold what it gave against the contract.
*/
export { readAll } from './read_all.ts'
export type { WholeRead } from './read_all.ts'
export { findContractFaults } from './contract_faults.ts'
export type { ContractFault } from './contract_faults.ts'
export { certify, KIT_VERSION } from './conformance/certify.ts'
export type { Certificate, CheckResult } from './conformance/certify.ts'
export type { Bench, BenchPeer, BenchReading, Check, PeerFault, Tier } from './conformance/bench.ts'
