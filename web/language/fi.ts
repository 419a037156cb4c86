import served from '../../data/language/fi.json';
import names from '../../data/language/fields.fi.json';
import allocation from './fi/allocation.json';
import board from './fi/board.json';
import data from './fi/data.json';
import enrol from './fi/enrol.json';
import forms from './fi/forms.json';
import oversight from './fi/oversight.json';
import pages from './fi/pages.json';
import people from './fi/people.json';
import records from './fi/records.json';
import results from './fi/results.json';
import shell from './fi/shell.json';
import visits from './fi/visits.json';

/** What the server and its rules say in English, and the Finnish of it; the server reads the same file. */
export { names, served };

/** The Finnish of the interface, by its English: one file for each area. */
export const finnish: Readonly<Record<string, string>> = {
  ...served,
  ...allocation,
  ...board,
  ...data,
  ...enrol,
  ...forms,
  ...oversight,
  ...pages,
  ...people,
  ...records,
  ...results,
  ...shell,
  ...visits,
};
