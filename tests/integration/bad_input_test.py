"""Bad input: one clear Russian sentence with its place, the right exit status, and nothing half done."""
import json
import os
import shutil
import subprocess
import tempfile
import unittest
import zipfile
from pathlib import Path

from program import EXAMPLES, HOME, VEKHA, answer, run

ROADMAP = EXAMPLES / "stepnoy" / "roadmap.txt"
OFFICE = EXAMPLES / "stepnoy" / "office.json"


class BadInputTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name)

    def tearDown(self):
        self.folder.cleanup()

    def refused(self, status, *words, **options):
        """The sentence of a call that must end with `status`; the same with --json."""
        done = run(*words, check=False, **options)
        self.assertEqual(done.returncode, status, done.stderr + done.stdout)
        self.assertEqual(done.stdout, "")
        self.assertTrue(done.stderr.startswith("Ошибка: "), done.stderr)
        told = run(*words, "--json", check=False, **options)
        self.assertEqual(told.returncode, status)
        self.assertEqual(json.loads(told.stdout)["error"]["message"], done.stderr.removeprefix("Ошибка: ").rstrip("\n"))
        return done.stderr.removeprefix("Ошибка: ").rstrip("\n")

    def write(self, name, content):
        path = self.path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content)
        return path

    def case(self):
        case = self.path / "case"
        run("--case", case, "add", ROADMAP, "--office", OFFICE, "--as", "lysenko", "--now", "2023-12-01T09:00:00Z")
        return case

    def test_an_empty_file_is_no_roadmap(self):
        path = self.write("пусто.txt", "")
        self.assertEqual(self.refused(2, "read", path), f"Файл «{path}» пуст. Проверьте, тот ли это файл.")

    def test_a_file_without_a_table_of_activities_is_no_roadmap(self):
        path = self.write("письмо.txt", "Уважаемые коллеги!\n\nСеминар переносится на среду.\n")
        sentence = self.refused(2, "read", path)
        self.assertIn("таблицы мероприятий", sentence)
        self.assertIn(str(path), sentence)

    def test_a_truncated_docx_is_told_so(self):
        whole = (HOME / "templates" / "order_adoption.docx").read_bytes()
        path = self.write("план.docx", whole[: len(whole) // 2])
        self.assertIn("обрывается", self.refused(2, "read", path))

    def test_a_file_of_200_megabytes_is_refused_at_once(self):
        path = self.path / "большой.txt"
        with open(path, "wb") as file:
            file.truncate(200 << 20)
        self.assertEqual(self.refused(2, "read", path, timeout=20),
                         f"Файл «{path}» больше 64 МБ: такие файлы не читаются. Проверьте, тот ли это файл.")

    def test_a_template_with_an_unclosed_section_says_where(self):
        path = self.path / "приказ.docx"
        with zipfile.ZipFile(HOME / "templates" / "acquaintance_sheet.docx") as source, zipfile.ZipFile(path, "w") as target:
            for part in source.namelist():
                content = source.read(part)
                if part == "word/document.xml":
                    content = content.replace(b"{{", b"{{#document}}{{", 1)
                target.writestr(part, content)
        done = run("template", path, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("document", done.stderr)
        told = json.loads(run("template", path, "--json", check=False).stdout)
        self.assertTrue(any("where" in one for one in told["diagnostics"]))

    def test_a_process_with_an_unknown_element_names_it(self):
        source = (HOME / "workflows" / "item.bpmn").read_text()
        prefix = "bpmn:" if "<bpmn:process" in source else ""
        path = self.write("item.bpmn", source.replace(f"</{prefix}process>", f'<{prefix}complexGateway id="odd"/></{prefix}process>', 1))
        done = run("process", "check", path, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("complexGateway", done.stderr)

    def test_an_unknown_task_person_plan_and_outcome_are_told(self):
        case = self.case()
        before = answer("--case", case, "history")
        self.assertEqual(self.refused(1, "--case", case, "do", "999.1", "--as", "lysenko"),
                         "Задачи «999.1» нет. Посмотрите список открытых задач.")
        self.assertIn("Сотрудника «Лисенков» в организации нет.",
                      self.refused(1, "--case", case, "tasks", "--as", "Лисенков"))
        self.assertEqual(self.refused(1, "--case", case, "items", "77"),
                         "Дорожной карты «77» в деле нет. Список показывает команда vekha items.")
        [task] = answer("--case", case, "tasks", "--as", "lysenko")
        self.refused(1, "--case", case, "do", task["id"], "--outcome", "nonsense", "--as", "lysenko")
        self.assertEqual(answer("--case", case, "history"), before, "a refusal leaves nothing behind")

    def test_a_task_of_somebody_else_is_not_done(self):
        case = self.case()
        [task] = answer("--case", case, "tasks", "--as", "lysenko")
        self.assertIn("не ваша", self.refused(1, "--case", case, "do", task["id"], "--as", "shevchuk"))

    def test_who_comes_second_is_told_who_was_first_and_when(self):
        case = self.case()
        [task] = answer("--case", case, "tasks", "--as", "lysenko")
        run("--case", case, "do", task["id"], "--as", "lysenko", "--now", "2023-12-01T09:30:00Z")
        sentence = self.refused(1, "--case", case, "do", task["id"], "--as", "gorobets", "--now", "2023-12-01T09:31:00Z")
        self.assertIn("Лысенко", sentence)
        self.assertIn("12:30", sentence)

    def test_two_at_once_one_wins_and_nothing_is_done_twice(self):
        case = self.case()
        [task] = answer("--case", case, "tasks", "--as", "lysenko")
        both = [subprocess.Popen([VEKHA, "--case", str(case), "do", task["id"], "--as", who], stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, text=True) for who in ("lysenko", "gorobets")]
        ends = sorted(one.wait(timeout=60) for one in both)
        told = "".join(one.communicate()[1] for one in both)
        self.assertEqual(ends, [0, 1], told)
        self.assertEqual(sum(event["kind"] == "task-completed" for event in answer("--case", case, "history")), 1)

    def test_several_who_begin_a_case_and_add_at_once_lose_nothing(self):
        case = self.path / "case"
        added = [subprocess.Popen([VEKHA, "--case", str(case), "add", str(ROADMAP), "--office", str(OFFICE), "--as", "lysenko"],
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(5)]
        told = [one.communicate(timeout=120)[1] for one in added]
        self.assertEqual([one.returncode for one in added], [0] * 5, told)
        plans = answer("--case", case, "items")
        self.assertEqual([plan["plan"] for plan in plans], ["1", "2", "3", "4", "5"])
        self.assertEqual({len(plan["items"]) for plan in plans}, {20})
        run("--case", case, "verify")

    def test_one_number_for_two_papers_at_once_goes_to_one(self):
        case = self.case()
        both = [subprocess.Popen([VEKHA, "--case", str(case), "register", "--number", "40", "--date", "01.11.2023", "--title",
                                  f"О приёме отчётов {n}", "--as", "ostapchuk", "--now", "2023-12-01T10:00:00Z"],
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for n in range(2)]
        told = "".join(one.communicate(timeout=60)[1] for one in both)
        self.assertEqual(sorted(one.returncode for one in both), [0, 1], told)
        entries = answer("--case", case, "register", "--year", "2023")["entries"]
        self.assertEqual([entry["number"] for entry in entries], ["40"])
        run("--case", case, "verify")

    def test_only_who_keeps_the_register_enters_and_annuls(self):
        case = self.case()
        words = ("--case", case, "register", "--number", "40", "--date", "2023-11-01", "--title", "О приёме отчётов")
        self.assertIn("Журнал регистрации ведёт Остапчук", self.refused(1, *words, "--as", "lysenko"))
        run(*words, "--as", "ostapchuk")
        run("--case", case, "register", "--annul", "40", "--year", "2023", "--reason", "Внесён ошибочно", "--as", "ostapchuk")
        [entry] = answer("--case", case, "register", "--year", "2023")["entries"]
        self.assertTrue(entry["annulled"])
        self.assertEqual(entry["note"], "Внесён ошибочно")
        run("--case", case, "verify")

    @unittest.skipIf(shutil.which("setpriv") is None, "setpriv is not here")
    def test_a_folder_that_cannot_be_written_is_an_environment_error(self):
        closed = self.path / "closed"
        closed.mkdir()
        self.path.chmod(0o755)
        closed.chmod(0o555)
        done = subprocess.run(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", VEKHA, "--case",
                               str(closed / "case"), "office", str(OFFICE)], capture_output=True, text=True)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertEqual(done.stderr, f"Ошибка: Не удалось создать папку «{closed / 'case'}»: нет прав.\n")

    def test_a_full_disk_leaves_the_state_before(self):
        if os.geteuid() != 0:
            self.skipTest("mounting a small disk needs root")
        disk = self.path / "disk"
        disk.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=900k", "tmpfs", str(disk)], capture_output=True).returncode:
            self.skipTest("this machine does not let a small disk be mounted")
        try:
            case = disk / "case"
            words = ("--case", case, "add", ROADMAP, "--as", "lysenko", "--now", "2023-12-01T09:00:00Z")
            run("--case", case, "office", OFFICE)
            plans = 0
            for _ in range(20):
                done = run(*words, check=False)
                if done.returncode != 0:
                    break
                plans += 1
            self.assertEqual(done.returncode, 3, done.stderr)
            self.assertIn("на диске нет места", done.stderr)
            copy = self.path / "copy"
            shutil.copytree(case, copy)
            run("--case", copy, "verify")
            self.assertEqual(len(answer("--case", copy, "items")), plans)
        finally:
            subprocess.run(["umount", str(disk)], check=True)

    def test_a_broken_template_stops_the_transition_whole(self):
        home = self.path / "home"
        shutil.copytree(HOME / "templates", home / "templates")
        shutil.copytree(HOME / "workflows", home / "workflows")
        (home / "templates" / "order_adoption.docx").write_bytes(b"no package")
        case = self.case()
        before = answer("--case", case, "history")
        environment = {**os.environ, "VEKHA_HOME": str(home)}
        for _ in range(3):
            [task] = answer("--case", case, "tasks", "--as", "lysenko", env=environment)
            done = run("--case", case, "do", task["id"], "--as", "lysenko", check=False, env=environment)
            if done.returncode:
                break
            before = answer("--case", case, "history")
        self.assertNotEqual(done.returncode, 0)
        self.assertEqual(answer("--case", case, "history"), before)
        run("--case", case, "verify")

    def test_a_wrong_command_offers_the_right_one(self):
        self.assertEqual(self.refused(2, "tasls"), "Команды «tasls» нет. Может быть, «tasks»?")
        self.assertEqual(self.refused(2, "process", "chek"), "Команды «chek» нет. Может быть, «check»?")
        self.assertEqual(self.refused(2, "read", "a.txt", "--perod", "2023"),
                         "Команда «read» дана неверно: ключа «--perod» нет, может быть, «--period»? "
                         "Как надо, покажет vekha read --help.")
        self.assertEqual(self.refused(2, "process", "run", "a.bpmn", "--vars", "{}", "--bogus"),
                         "Команда «process» дана неверно: ключа «--bogus» нет. Как надо, покажет vekha process --help.")

    def test_no_case_is_told_so(self):
        nowhere = self.path / "nowhere"
        self.assertEqual(self.refused(2, "--case", nowhere, "tasks"),
                         f"В папке «{nowhere}» нет дела. Создайте его командой vekha --case {nowhere} office ФАЙЛ.")


if __name__ == "__main__":
    unittest.main()
