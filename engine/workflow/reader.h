// Reads a BPMN file into a Definition; `load` in definition.h is its one user.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "workflow/definition.h"
#include "xml/xml.h"

namespace vekha::workflow {

// How XML says «true».
inline bool is_yes(std::string_view text) { return text == "true" || text == "1"; }

// What a reference names: «bpmn:Message_1» is «Message_1».
inline std::string without_prefix(std::string_view reference) {
  const size_t colon = reference.find(':');
  return std::string(colon == std::string_view::npos ? reference : reference.substr(colon + 1));
}

class Reader {
 public:
  Reader(std::string_view source, const std::string& file);
  Loaded run();

 private:
  struct Reference {  // from a node to something that may stand further down in the file
    int node;
    std::string id;
    xml::Node element;
  };

  void note(Severity severity, std::string code, const Where& where, std::string message, std::string hint);
  void error(std::string code, xml::Node element, std::string message, std::string hint);
  void unsupported(xml::Node element, std::string_view what, std::string hint);
  Where where(xml::Node element) const;
  std::string title(xml::Node element) const;  // «Название», or the id
  bool is_bpmn(xml::Node element) const;
  // Our own extension elements of that name.
  std::vector<xml::Node> own(xml::Node element, std::string_view local) const;
  std::optional<feel::Expression> expression(std::string_view text, xml::Node element, std::string_view what);
  std::optional<feel::Expression> child_expression(xml::Node element, std::string_view child, std::string_view what);
  Template text_or_expression(std::string_view text, xml::Node element, std::string_view what);

  void read();
  void read_message(xml::Node element);
  // Something events refer to by id: its code, else its name, else the id itself.
  void read_named(xml::Node element, std::string_view code, std::map<std::string, std::string>& named);
  void read_process(xml::Node element);
  void read_lanes(xml::Node lane_set);
  void read_scope(xml::Node element, int scope);
  void read_node(xml::Node element, NodeKind kind, int scope);
  void read_event(xml::Node element, Node& node);
  std::optional<xml::Node> event_definition(xml::Node element);
  void read_event_definition(xml::Node element, xml::Node definition, Node& node);
  void read_named_event(xml::Node element, xml::Node definition, Node& node);
  void check_start(xml::Node element, const Node& node);
  void read_timer(xml::Node element, xml::Node definition, Node& node);
  void read_mappings(xml::Node element, Node& node);
  void read_activity(xml::Node element, Node& node);
  void read_data_moves(xml::Node element, Node& node);
  std::string variable_of(const std::string& data_object) const;
  void read_user_task(xml::Node element, Node& node);
  void read_script(xml::Node element, Node& node);
  void read_decision(xml::Node element, Node& node);
  std::vector<feel::Expression> list_of(const std::string& text, xml::Node element);
  void read_loop(xml::Node element, xml::Node loop, Node& node);
  void read_standard_loop(xml::Node element, xml::Node loop, Node& node);
  void resolve();
  void resolve_flows();
  void resolve_references();
  void resolve_links();
  void resolve_event_sub_processes();
  void resolve_compensation();
  void resolve_document(const Reference& reference);

  std::string file_;
  std::string_view source_;
  xml::Document document_;
  std::string bpmn_prefix_;
  std::string vekha_prefix_;
  Definition definition_;
  std::vector<Diagnostic> diagnostics_;
  int depth_ = 0;
  std::map<std::string, int> message_index_;
  std::map<std::string, xml::Node> shared_events_;
  std::map<std::string, std::string> signals_;      // names by id
  std::map<std::string, std::string> errors_;       // codes by id
  std::map<std::string, std::string> escalations_;  // codes by id
  std::set<std::string> refused_ids_;               // what is not executed; flows to it are not told as broken too

  // Of the process that is being read.
  Process* process_ = nullptr;
  std::map<std::string, std::string> lanes_;
  std::map<std::string, xml::Node> data_objects_;
  std::vector<std::pair<xml::Node, int>> flow_elements_;
  std::vector<Reference> defaults_;
  std::vector<Reference> attachments_;
  std::vector<Reference> references_;
  std::vector<Reference> compensations_;  // throwing events that name an activity
  std::vector<xml::Node> associations_;
  std::vector<Reference> documents_;
};

}  // namespace vekha::workflow
