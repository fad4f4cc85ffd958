// What stands on the command line, read once: the table of commands is here and nowhere else.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "cli/terminal.h"

namespace vekha::cli {

// Every command takes what it needs of these.
struct Arguments {
  std::string case_folder = "./vekha-case";
  std::string now;  // an instant in place of the machine's clock: papers entered later, scripted runs
  bool json = false;
  bool text = false;  // in words

  std::string file;
  std::string data;
  std::string output;
  std::string comments;
  std::string period;
  std::string context_year;
  std::string batch;
  std::string unit;
  std::string process;
  std::string variables;
  std::string steps;

  std::string person;
  std::string task;
  std::string outcome;
  std::vector<std::string> sets;  // name=value
  std::string reason;
  std::string plan;
  std::string number;
  std::string sheets;
  std::string date;
  std::string title;
  std::string annul;
  std::string year;
  std::string office;
};

using Run = int (*)(const Arguments&, Output);

// The command that the words ask for, its arguments in `arguments`; null when only help was asked for, which it prints.
// Errors: usage, with the nearest command or key.
Run parse(int count, char** words, Arguments& arguments);

// Errors: usage, when the text is no period, year or instant.
std::optional<Period> period_of(const Arguments& arguments);
std::optional<int> year_of(const std::string& text);
Date date_of(const std::string& text);

// Commands that keep nothing.
int read_command(const Arguments& arguments, Output output);
int deadline_command(const Arguments& arguments, Output output);
int fill_command(const Arguments& arguments, Output output);
int template_command(const Arguments& arguments, Output output);
int grid_command(const Arguments& arguments, Output output);
int process_check_command(const Arguments& arguments, Output output);
int process_run_command(const Arguments& arguments, Output output);

// Commands on a case.
int office_command(const Arguments& arguments, Output output);
int add_command(const Arguments& arguments, Output output);
int items_command(const Arguments& arguments, Output output);
int tasks_command(const Arguments& arguments, Output output);
int do_command(const Arguments& arguments, Output output);
int documents_command(const Arguments& arguments, Output output);
int register_command(const Arguments& arguments, Output output);
int history_command(const Arguments& arguments, Output output);
int export_command(const Arguments& arguments, Output output);
int verify_command(const Arguments& arguments, Output output);

}  // namespace vekha::cli
