import pytest

from careerforge.skills.titles.wording import read


@pytest.mark.parametrize(
    ("title", "jobs"),
    [
        ("Sr. Software Engineer (m/f/d) - Berlin, 1458665", ["software engineer"]),
        ("JUNIOR ACCOUNTANT", ["accountant"]),
        ("Manager, Sales", ["sales manager"]),
        ("Supervisor - Water Treatment Plant", ["water treatment plant supervisor"]),
        ("Lorry Driver @ Penang", ["lorry driver"]),
        ("Kitchen helper / Cook", ["kitchen helper", "cook"]),
        ("Storekeeper cum Driver", ["storekeeper", "driver"]),
        ("RN", ["registered nurse"]),
        ("Nurse (RN)", ["nurse"]),
        ("QA Engr", ["quality assurance engineer"]),
        ("Salesman / Saleswoman", ["salesperson"]),
        ("Entwickler:in", ["entwickler"]),
        ("C++ Developer", ["c++ developer"]),
        (".NET Developer", [".net developer"]),
        ("Urgent: Barista, full time, RM2000", ["barista"]),
        ("Internship", ["internship"]),
        ("Principal", ["principal"]),
        ("  ", [""]),
        ("Инженер", ["инженер"]),
    ],
)
def test_level_gender_place_and_noise_are_no_part_of_the_job(title, jobs):
    assert list(read(title).jobs) == jobs


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Senior Data Engineer", ["senior"]),
        ("Sr. Data Engineer", ["senior"]),
        ("Jr Analyst", ["junior"]),
        ("Graduate Trainee Engineer", ["graduate", "trainee"]),
        ("Data Engineer", []),
    ],
)
def test_what_a_title_says_about_the_level_is_kept_apart(title, level):
    assert list(read(title).level) == level
