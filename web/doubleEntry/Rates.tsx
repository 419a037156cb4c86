import { doubleEntryStatistics } from '../../server/doubleEntry/contract.ts';
import { useEndpoint } from '../api.ts';
import { number } from '../language/number.ts';
import { t } from '../language/t.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { instrumentShort } from '../parts/naming.ts';
import { useStudyId, useStudyView } from '../session.ts';
import { fieldName, percent } from './words.ts';

const heads = [
  t('Compared'),
  t('Differed'),
  t('Rate', { sense: 'share' }),
  t('First entry wrong'),
  t('Second entry wrong'),
  t('Undecided'),
];

/** How often the two entries differed, by form and by field. */
export function Rates() {
  const study = useStudyId();
  const view = useStudyView();
  const statistics = useEndpoint(doubleEntryStatistics, { params: { study } });
  return (
    <section className="card" aria-labelledby="rates">
      <header>
        <h2 id="rates">{t('Error rates')}</h2>
        <p>{t('Fields of all forms that were entered twice; a third value counts against both entries.')}</p>
      </header>
      <Loaded of={statistics} label={t('the error rates')} rows={4}>
        {({ forms }) =>
          forms.length === 0 ? (
            <p className="body small mute">{t('No second entry is complete yet.')}</p>
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrows scroll it on a narrow screen
            <section className="scroll-x" aria-label={t('Error rates by form and field')} tabIndex={0}>
              <table className="table">
                <caption className="vh">{t('Differences between two entries, by form and field')}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('Form and field')}</th>
                    {heads.map((head) => (
                      <th key={head} scope="col" className="num">
                        {head}
                      </th>
                    ))}
                  </tr>
                </thead>
                {forms.map(({ instrument, fields, ...total }) => (
                  <tbody key={instrument}>
                    <RateRow
                      name={t('{form}, {entries} entered twice', {
                        form: instrumentShort(view, instrument),
                        entries: total.entries,
                      })}
                      rate={total}
                      strong
                    />
                    {fields.map(({ field, ...rate }) => (
                      <RateRow
                        key={field}
                        name={fieldName(
                          view?.instruments.find(({ id }) => id === instrument),
                          field,
                        )}
                        rate={rate}
                      />
                    ))}
                  </tbody>
                ))}
              </table>
            </section>
          )
        }
      </Loaded>
    </section>
  );
}

interface Rate {
  compared: number;
  differed: number;
  firstWrong: number;
  secondWrong: number;
  undecided: number;
}

function RateRow({ name, rate, strong = false }: { name: string; rate: Rate; strong?: boolean }) {
  return (
    <tr>
      <th scope="row">{strong ? <strong>{name}</strong> : name}</th>
      <td className="num">{number(rate.compared)}</td>
      <td className="num">{rate.differed}</td>
      <td className="num nowrap">{percent(rate.differed, rate.compared)}</td>
      <td className="num">{rate.firstWrong}</td>
      <td className="num">{rate.secondWrong}</td>
      <td className="num">{rate.undecided}</td>
    </tr>
  );
}
