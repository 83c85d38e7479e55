"""Finds WebKitGTK's small browser and its driver for the tests, and installs them where they are missing.

WebKit is what Safari and every browser on an iPhone use. Playwright cannot drive the one that Debian has, so Selenium
does. In turn: `$WEBKIT_DRIVER`; one on the path; Debian's packages, when run as root.
`python -m tests.browser.webkit --install` installs.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.common.exceptions import ElementNotInteractableException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from tests import debian

PACKAGES = ("webkit2gtk-driver", "xvfb")
#: Seconds within which something is there, on a machine that is busy with other things too.
PATIENCE = 20
BROWSERS = "/usr/lib/*/webkit2gtk-4.*/MiniBrowser"


def find() -> tuple[str, str] | None:
    """The paths of the driver and of the browser, or `None` where one is missing."""
    driver = os.environ.get("WEBKIT_DRIVER") or shutil.which("WebKitWebDriver")
    browsers = sorted(str(path) for path in Path("/").glob(BROWSERS[1:]))
    return (driver, browsers[-1]) if driver and browsers and shutil.which("Xvfb") else None


def install() -> None:
    """Installs what is missing. Exits with one line where that cannot be done."""
    if not find():
        debian.install(*PACKAGES)
    if not find():
        sys.exit("There is no WebKitGTK with its driver, and none could be installed: webkit2gtk-driver, xvfb.")


class Visitor:
    """Somebody with WebKit: goes to pages, looks for things by the words on them, and uses them."""

    def __init__(self, driver: webdriver.WebKitGTK) -> None:
        self.driver = driver

    def go(self, address: str) -> None:
        self.driver.get(address)

    def run(self, script: str, *given: Any) -> Any:
        """What a function in JavaScript gives."""
        return self.driver.execute_script(f"return ({script})(...arguments)", *given)

    def until(self, script: str, *given: Any) -> Any:
        """What a function gives, once it gives something."""
        return WebDriverWait(self.driver, PATIENCE).until(lambda _: self.run(script, *given), script)

    def find(self, path: str) -> WebElement:
        """The first thing at an XPath that can be seen; it may yet have to come."""

        def seen(driver: webdriver.WebKitGTK) -> WebElement | None:
            return next((found for found in driver.find_elements(By.XPATH, path) if found.is_displayed()), None)

        return WebDriverWait(self.driver, PATIENCE).until(seen, f"nothing at {path}")

    def click(self, path: str) -> None:
        """Clicks, in the middle of the window: the driver finds nothing that is still moving there."""
        found = self.find(path)
        self.run("(element) => element.scrollIntoView({block: 'center', behavior: 'instant'})", found)
        WebDriverWait(self.driver, PATIENCE, ignored_exceptions=[ElementNotInteractableException]).until(
            lambda _: found.click() or True
        )

    def press(self, name: str, within: str = "") -> None:
        """Presses a button, or follows a link."""
        self.click(f"{within}//*[(self::a or self::button) and contains(normalize-space(), {quoted(name)})]")

    def use(self) -> None:
        """Tells the page that somebody is there, and waits for what it gets for them besides its words."""

        def used(_: webdriver.WebKitGTK) -> bool:
            # Each time anew: the first may have reached the page before, which is just being left.
            ActionChains(self.driver).key_down(Keys.CONTROL).key_up(Keys.CONTROL).perform()
            return bool(self.run("() => document.readyState === 'complete' && !document.body.dataset.inUse"))

        WebDriverWait(self.driver, PATIENCE).until(used, "the page gets nothing for whoever uses it")

    def choose(self, label: str, within: str = "") -> None:
        """Clicks what belongs to a label, on a page that is in use."""
        self.use()
        self.click(f"{within}//label[contains(normalize-space(), {quoted(label)})]")

    def sees(self, words: str, within: str = "") -> None:
        """Waits until words can be seen."""
        with_them = f"contains(normalize-space(), {quoted(words)})"
        self.find(f"{within}//*[{with_them}][not(*[{with_them}])]")


def quoted(words: str) -> str:
    """Words as XPath takes them."""
    return f"'{words}'" if "'" not in words else f'"{words}"'


@contextlib.contextmanager
def visitor() -> Iterator[Visitor]:
    """Somebody with a fresh WebKit, on a screen that nobody looks at."""
    found = find()
    assert found is not None
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x1000x24"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as screen:
        assert screen.stdout is not None
        display = f":{screen.stdout.readline().decode().strip()}"
        options = webdriver.WebKitGTKOptions()
        options.binary_location = found[1]
        options.add_argument("--automation")
        service = webdriver.WebKitGTKService(found[0], env={**os.environ, "DISPLAY": display})
        try:
            with warnings.catch_warnings():
                # It calls something of its own that is to go.
                warnings.simplefilter("ignore", DeprecationWarning)
                driver = webdriver.WebKitGTK(options=options, service=service)
            try:
                yield Visitor(driver)
            finally:
                driver.quit()
        finally:
            screen.terminate()


if __name__ == "__main__":
    if "--install" in sys.argv[1:]:
        install()
    print(find())
