# Every C++ file of ours is as clang-format leaves it.
file(GLOB_RECURSE files ${ROOT}/engine/*.h ${ROOT}/engine/*.cpp ${ROOT}/tests/*.h ${ROOT}/tests/*.cpp
     ${ROOT}/examples/*.h ${ROOT}/examples/*.cpp)
execute_process(COMMAND ${CLANG_FORMAT} --dry-run --Werror ${files} RESULT_VARIABLE result ERROR_VARIABLE faults)
if(NOT result EQUAL 0)
  string(SUBSTRING "${faults}" 0 4000 faults)
  message(FATAL_ERROR "not formatted (run: clang-format -i FILE):\n${faults}")
endif()
