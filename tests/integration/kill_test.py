"""The walk is killed at random moments: after each kill history and documents agree, and the walk goes on to its end."""
import random
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from program import EXAMPLES, WALK, answer, run, walk

KILLS = 50


class KillTest(unittest.TestCase):
    def test_after_every_kill_the_case_is_whole_and_the_walk_goes_on(self):
        random.seed(20221209)
        roadmap = EXAMPLES / "ozersky" / "roadmap.txt"
        with tempfile.TemporaryDirectory() as folder:
            quiet = Path(folder) / "quiet"
            began = time.monotonic()
            walk(quiet, roadmap)
            whole = time.monotonic() - began
            expected = self.documents(quiet)

            out = Path(folder) / "killed"
            kills = 0
            while kills < KILLS:
                process = subprocess.Popen([WALK, "--out", str(out), str(roadmap)], stdout=subprocess.DEVNULL,
                                           stderr=subprocess.PIPE)
                time.sleep(random.uniform(0.0, whole * 0.25))
                process.send_signal(signal.SIGKILL)
                process.communicate()
                kills += 1
                case = out / "roadmap" / "case"
                if (case / "vekha.sqlite").exists():
                    done = run("--case", case, "verify", check=False)
                    self.assertEqual(done.returncode, 0, f"after kill {kills}: {done.stderr}")
                if (out / "roadmap" / "finished").exists():
                    self.assertEqual(self.documents(out), expected, "the interrupted walk has other documents")
                    shutil.rmtree(out)
            walk(out, roadmap)
            if not (out / "roadmap" / "finished").exists():
                self.fail("the walk did not come to its end")
            self.assertEqual(self.documents(out), expected)

    def documents(self, out):
        case = out / "roadmap" / "case"
        return [(one["file_name"], one["sha256"]) for one in answer("--case", case, "documents")]


if __name__ == "__main__":
    unittest.main()
